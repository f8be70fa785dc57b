package sc.fiji.glia.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MacroOptionsTest {

	@Test
	void readsBracketsQuotesAndBareWords() {
		assertEquals(Map.of("image", "a b.tif", "model", "/x/y z.zip", "save", "it is", "overlay", "true", "seed", "1", "empty", "", "last", ""),
			MacroOptions.parse("image=[a b.tif] model=[/x/y z.zip]  save='it is' overlay seed=1 empty=[] last="));
		assertEquals(Map.of("image", "a[1].tif", "x", "y"), MacroOptions.parse(" image=[a[1].tif] x=y "));
		assertEquals(Map.of("model", "/a=b/c.zip"), MacroOptions.parse("model=/a=b/c.zip"));
		assertEquals(Map.of("overlay", "true"), MacroOptions.parse("Overlay"));
		assertEquals(Map.of(), MacroOptions.parse("  "));
	}

	@Test
	void rejectsWhatHasTwoMeanings() {
		assertEquals("Key 'seed' is given twice in \"seed=1 Seed=2\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse(
			"seed=1 Seed=2 ")).getMessage());
		assertEquals("image: the bracket is not closed in \"image=[a seed=1\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse(
			"image=[a seed=1")).getMessage());
		assertEquals("image: the quote is not closed in \"image='a\"", assertThrows(IllegalArgumentException.class, () -> MacroOptions.parse("image='a"))
			.getMessage());
	}

	@Test
	void quotedValuesReadBack() {
		for (final String value : List.of("a", "", "a b", "a[1]", "it's", "a]b", "[a", "x=y z", "C:\\a b\\c", "ü (2).tif", "&var", "'", "a+b")) {
			assertEquals(Map.of("k", value, "l", "m"), MacroOptions.parse("k=" + MacroOptions.quote(value) + " l=m"), value);
		}
		assertThrows(IllegalArgumentException.class, () -> MacroOptions.quote("it's]"));
	}
}
