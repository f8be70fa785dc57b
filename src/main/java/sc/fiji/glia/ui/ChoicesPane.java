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

import java.awt.Dimension;
import java.util.List;

import javax.swing.BorderFactory;
import javax.swing.JScrollPane;
import javax.swing.JTextPane;
import javax.swing.text.BadLocationException;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import javax.swing.text.StyledDocument;

/** The settings of a training, each with its reason, as text to read and copy. Used on the event thread only. */
final class ChoicesPane extends JScrollPane {

	private final JTextPane text = new JTextPane();

	ChoicesPane() {
		super(VERTICAL_SCROLLBAR_AS_NEEDED, HORIZONTAL_SCROLLBAR_NEVER);
		text.setEditable(false);
		text.setFont(Look.font(1));
		text.setBackground(Look.ground());
		text.setForeground(Look.ink());
		text.setBorder(BorderFactory.createEmptyBorder(Look.em(0.4), Look.em(0.7), Look.em(0.4), Look.em(0.7)));
		text.getAccessibleContext().setAccessibleName("Settings and their reasons");
		setViewportView(text);
		setBorder(BorderFactory.createLineBorder(Look.frame()));
		setPreferredSize(new Dimension(Look.em(48), Look.em(16)));
	}

	/** Shows the choices, one paragraph each; what stands before the first {@code =} or {@code :} is bold. */
	void show(final List<String> choices) {
		final StyledDocument document = text.getStyledDocument();
		final SimpleAttributeSet paragraph = new SimpleAttributeSet();
		StyleConstants.setLeftIndent(paragraph, Look.em(1.2));
		StyleConstants.setFirstLineIndent(paragraph, -Look.em(1.2));
		StyleConstants.setSpaceBelow(paragraph, Look.em(0.3));
		final SimpleAttributeSet plain = new SimpleAttributeSet(), bold = new SimpleAttributeSet();
		StyleConstants.setForeground(plain, Look.ink());
		StyleConstants.setForeground(bold, Look.ink());
		StyleConstants.setBold(bold, true);
		try {
			document.remove(0, document.getLength());
			for (int i = 0; i < choices.size(); i++) {
				final String line = choices.get(i).strip();
				final int name = nameLength(line);
				document.insertString(document.getLength(), (i == 0 ? "" : "\n") + line.substring(0, name), bold);
				document.insertString(document.getLength(), line.substring(name), plain);
			}
		}
		catch (final BadLocationException e) {
			throw new IllegalStateException("Choices: text beyond the document's end", e);
		}
		document.setParagraphAttributes(0, document.getLength(), paragraph, false);
		text.setCaretPosition(0);
	}

	/** Length of the setting's name at the beginning of a line; 0 if there is none. */
	static int nameLength(final String line) {
		for (int i = 0; i < Math.min(line.length(), 30); i++) if (line.charAt(i) == '=' || line.charAt(i) == ':') return i;
		return 0;
	}
}
