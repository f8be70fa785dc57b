/*-
 * #%L
 * Glia: train neural networks on the images open in Fiji.
 * %%
 * Copyright (C) 2026 Glia developers.
 * %%
 * Redistribution and use in source and binary forms, with or without
 * modification, are permitted provided that the following conditions are met:
 * 
 * 1. Redistributions of source code must retain the above copyright notice,
 *    this list of conditions and the following disclaimer.
 * 2. Redistributions in binary form must reproduce the above copyright notice,
 *    this list of conditions and the following disclaimer in the documentation
 *    and/or other materials provided with the distribution.
 * 
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
 * AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
 * IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE
 * ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS OR CONTRIBUTORS BE
 * LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
 * CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF
 * SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS
 * INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
 * CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE)
 * ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
 * POSSIBILITY OF SUCH DAMAGE.
 * #L%
 */
package sc.fiji.glia.ui;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Insets;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.KeyEvent;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;

/** Shows a text to copy. Used on the event thread only. */
final class TextWindow extends JFrame {

	/**
	 * @param name what tests find the text by; the window's is {@code glia-} and this
	 * @param title title of the window
	 * @param caption what the text is
	 * @param lines the text
	 * @param rows height of the text, in lines
	 */
	TextWindow(final String name, final String title, final String caption, final String lines, final int rows) {
		super(title);
		setName("glia-" + name);
		setDefaultCloseOperation(DISPOSE_ON_CLOSE);
		final JTextArea text = new JTextArea(lines, rows, 80);
		text.setName(name);
		text.setEditable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		text.setCaretPosition(0);
		text.setFont(new Font(Font.MONOSPACED, Font.PLAIN, Look.em(1)));
		text.setMargin(new Insets(Look.em(0.5), Look.em(0.5), Look.em(0.5), Look.em(0.5)));
		final JButton copy = new JButton("Copy");
		copy.addActionListener(e -> {
			Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(lines), null);
			copy.setText("Copied");
		});
		final JButton close = new JButton("Close");
		close.addActionListener(e -> dispose());
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, Look.em(0.5), 0));
		buttons.add(copy);
		buttons.add(close);
		final JPanel content = new JPanel(new BorderLayout(0, Look.em(0.6)));
		content.setBorder(BorderFactory.createEmptyBorder(Look.em(0.8), Look.em(0.8), Look.em(0.8), Look.em(0.8)));
		content.add(new JLabel(caption), BorderLayout.NORTH);
		content.add(new JScrollPane(text), BorderLayout.CENTER);
		content.add(buttons, BorderLayout.SOUTH);
		setContentPane(content);
		getRootPane().setDefaultButton(copy);
		getRootPane().registerKeyboardAction(e -> dispose(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
		pack();
	}
}
