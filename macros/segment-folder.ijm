// Segments every TIFF file of a folder with a trained network: for each image a mask, and a table with one row per slice.
// Runs with a screen and without one. Argument: folder of images | model file | folder for results; asks for them if there is none.

arguments = split(getArgument(), "|");
if (arguments.length == 3) {
	images = arguments[0];
	model = arguments[1];
	output = arguments[2];
} else {
	images = getDirectory("Folder of images");
	model = File.openDialog("Model file");
	output = getDirectory("Folder for results");
}

names = getFileList(images);
count = 0;
for (i = 0; i < names.length; i++) {
	if (endsWith(names[i], ".tif") && !endsWith(names[i], "_mask.tif")) {
		open(images + File.separator + names[i]);
		run("Segment with Network...", "model=[" + model + "] output=mask minimum=10");
		name = output + File.separator + substring(names[i], 0, lengthOf(names[i]) - 4);
		saveAs("Tiff", name + "_mask.tif");
		// Without a screen the table has no window; it is the results table there.
		if (isOpen("Glia Segmentation")) Table.save(name + "_objects.csv", "Glia Segmentation");
		else saveAs("Results", name + "_objects.csv");
		close("*");
		count++;
	}
}
print(count + " images segmented; masks and tables are in " + output);
return "" + count;
