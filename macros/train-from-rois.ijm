// Trains a network on a few outlines drawn by hand, instead of a mask, and shows what it finds in the whole stack.
// Runs with a screen and without one. Argument: folder of the test images | model file to write; asks for them if there is none.

arguments = split(getArgument(), "|");
if (arguments.length == 2) {
	images = arguments[0];
	model = arguments[1];
} else {
	images = getDirectory("Folder of the test images");
	model = getDirectory("Folder for the model") + "rois.zip";
}

open(images + File.separator + "phantom-a.tif");

// Four of the twelve slices are annotated; the others are left out of the training.
// First all of the slice is background, then the lesion is drawn over it: where ROIs overlap, the later one counts.
slices = newArray(1, 4, 6, 8);
for (i = 0; i < slices.length; i++) {
	makeRectangle(0, 0, getWidth(), getHeight());
	annotate("background", slices[i]);
}
makeSelection("polygon", newArray(44, 52, 54, 54, 45, 35, 43, 46, 41), newArray(61, 65, 72, 79, 82, 76, 75, 70, 65));
annotate("lesion", 4);
makeSelection("polygon", newArray(36, 40, 48, 52, 51, 44, 41, 38, 34, 34), newArray(62, 62, 66, 73, 78, 83, 88, 89, 79, 71));
annotate("lesion", 6);
makeSelection("polygon", newArray(42, 50, 57, 57, 50, 48, 40, 36, 35), newArray(63, 65, 68, 73, 77, 81, 84, 79, 68));
annotate("lesion", 8);

run("Train Segmentation Network...", "image=phantom-a.tif labels=rois epochs=8 seed=1 model=[" + model + "]");

// The outlines of what the network finds are added to the annotations.
run("Segment with Network...", "image=phantom-a.tif model=[" + model + "] output=none overlay");
return "" + Overlay.size;

// Puts the selection into the overlay, on one slice. The name is the class.
function annotate(class, slice) {
	Roi.setName(class);
	Roi.setPosition(slice);
	Overlay.addSelection;
	run("Select None");
}
