// Trains a network to tell heads with a lesion from healthy ones, classifies the slices of another head with it, and shows what it went by.
// Runs with a screen and without one. Argument: folder of images | folder for results; asks for them if there is none.

epochs = 40;

folders = split(getArgument(), "|");
if (folders.length == 2) {
	images = folders[0];
	output = folders[1];
} else {
	images = getDirectory("Folder of the test images");
	output = getDirectory("Folder for results");
}
model = output + File.separator + "heads.zip";
report = output + File.separator + "classification";
classes = output + File.separator + "phantom-b-classes.csv";

// Learn from one slice each of many heads; the label of a slice is its class. No two are of the same head, so each is a group of its own.
open(images + File.separator + "heads.tif");
run("Train Classification Network...", "image=heads.tif groups=none epochs=" + epochs + " seed=1 model=[" + model + "] results=[" + report + "]");
close("*");

// Classify the slices of a head that the network has never seen.
open(images + File.separator + "phantom-b.tif");
run("Classify with Network...", "image=phantom-b.tif model=[" + model + "] save=[" + classes + "] overlay");

// Where is what spoke for a lesion?
run("Explain Classification...", "image=phantom-b.tif model=[" + model + "] target=lesion");
selectImage("phantom-b.tif");
run("Duplicate...", "title=explained duplicate");
run("RGB Color");
run("Flatten", "stack");
run("Make Montage...", "columns=4 rows=3 scale=2");
saveAs("PNG", output + File.separator + "phantom-b-explained.png");

scores = split(File.openAsString(report + File.separator + "metrics.csv"), "\n");
accuracy = split(scores[1], ",");
print("heads that the network was not fitted to: accuracy " + d2s(parseFloat(accuracy[1]), 3) + " (1 would be perfect)");
print("In " + output + ":");
print("  phantom-b-explained.png    classes of the slices, and what spoke for a lesion");
print("  phantom-b-classes.csv      the classes, with their probabilities");
print("  classification" + File.separator + "report.html  how good the network is, and what it is compared with");
print("  heads.zip                  the trained network");
return "done";
