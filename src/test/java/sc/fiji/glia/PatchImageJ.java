package sc.fiji.glia;

import java.awt.GraphicsEnvironment;

import net.imagej.patcher.LegacyInjector;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Makes ImageJ run macros without a screen. NB: before any test class is found, since it is too late once a class of ij is loaded. */
public class PatchImageJ implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(final LauncherSession session) {
		if (GraphicsEnvironment.isHeadless()) LegacyInjector.preinit();
	}
}
