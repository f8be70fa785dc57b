// Trains a network on one stack and its mask, segments another stack with it, and compares the result with the truth.
// Runs with a screen and without one. Argument: folder of images | folder for results; asks for them if there is none.

folders = split(getArgument(), "|");
if (folders.length == 2) {
	images = folders[0];
	output = folders[1];
} else {
	images = getDirectory("Folder of the test images");
	output = getDirectory("Folder for results");
}
model = output + File.separator + "lesions.zip";

// Learn from the first stack.
open(images + File.separator + "phantom-a-mask.tif");
open(images + File.separator + "phantom-a.tif");
run("Train Segmentation Network...", "image=phantom-a.tif labels=phantom-a-mask.tif epochs=12 seed=1 model=[" + model + "] results=[" + output + File.separator + "training]");
close("*");

// Segment the second, which the network has never seen.
open(images + File.separator + "phantom-b-mask.tif");
open(images + File.separator + "phantom-b.tif");
run("Segment with Network...", "image=phantom-b.tif model=[" + model + "] output=mask overlay");
saveAs("Tiff", output + File.separator + "phantom-b-segmented.tif");
rename("segmented");

// Judge it.
run("Evaluate Segmentation...", "image=segmented reference=phantom-b-mask.tif save=[" + output + File.separator + "evaluation.csv]");

// A picture of the slice in the middle, with the outlines of what was found.
selectImage("phantom-b.tif");
setSlice(round(nSlices / 2));
run("Flatten", "slice");
saveAs("PNG", output + File.separator + "phantom-b-outlines.png");

print(File.openAsString(output + File.separator + "evaluation.csv"));
print("Model, pictures and tables are in " + output);
return "done";
