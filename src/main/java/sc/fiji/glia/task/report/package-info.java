/**
 * What a training leaves behind in its results folder: history.csv, curves, sample predictions and report.html.
 * <p>
 * Depends on model, data and engine and on ImageJ's own plots; needs no screen.
 */
package sc.fiji.glia.task.report;
