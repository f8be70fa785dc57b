// Trains a network on one stack and its mask, segments another stack with it, and compares the result with the truth.
// Runs with a screen and without one. Argument: folder of images | folder for results; asks for them if there is none.

epochs = 8;

folders = split(getArgument(), "|");
if (folders.length == 2) {
	images = folders[0];
	output = folders[1];
} else {
	images = getDirectory("Folder of the test images");
	output = getDirectory("Folder for results");
}
model = output + File.separator + "lesions.zip";
report = output + File.separator + "training";
scores = output + File.separator + "phantom-b-scores.csv";

// Learn from the first stack.
open(images + File.separator + "phantom-a-mask.tif");
open(images + File.separator + "phantom-a.tif");
run("Train Segmentation Network...", "image=phantom-a.tif labels=phantom-a-mask.tif epochs=" + epochs + " seed=1 model=[" + model + "] results=[" + report + "]");
close("*");

// Segment the second, which the network has never seen.
open(images + File.separator + "phantom-b-mask.tif");
open(images + File.separator + "phantom-b.tif");
run("Segment with Network...", "image=phantom-b.tif model=[" + model + "] output=mask overlay");
saveAs("Tiff", output + File.separator + "phantom-b-segmented.tif");

// Judge it.
run("Evaluate Segmentation...", "image=phantom-b-segmented.tif reference=phantom-b-mask.tif save=[" + scores + "]");

// A picture of all slices, with the outlines of what was found. The colour image for it is a copy, so that phantom-b.tif stays as it is.
selectImage("phantom-b.tif");
run("Duplicate...", "title=outlines duplicate");
run("RGB Color");
run("Flatten", "stack");
run("Make Montage...", "columns=4 rows=3 scale=2");
saveAs("PNG", output + File.separator + "phantom-b-outlines.png");

lines = split(File.openAsString(scores), "\n");
for (i = 1; i < lines.length; i++) {
	values = split(lines[i], ",");
	if (values[0] == "volume") print("phantom-b, which the network had not seen: Dice " + d2s(parseFloat(values[1]), 3) + " (1 would be perfect)");
}
print("In " + output + ":");
print("  phantom-b-outlines.png     what was found, slice by slice");
print("  phantom-b-segmented.tif    the same as a mask");
print("  phantom-b-scores.csv       compared with phantom-b-mask.tif");
print("  training" + File.separator + "report.html       how the training went");
print("  lesions.zip                the trained network");
return "done";
