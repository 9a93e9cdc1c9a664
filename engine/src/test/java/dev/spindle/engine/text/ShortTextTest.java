package dev.spindle.engine.text;

import static dev.spindle.engine.text.Texts.hash;
import static dev.spindle.engine.text.Texts.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortTextTest {

    private final ComposedText sentence = (ComposedText) new TextProviders().find("sentence").orElseThrow();

    @Test
    void shouldCutAfterAWholeWord() {
        ComposedText brief = sentence.within(30);
        for (int row = 0; row < 2_000; row++) {
            String whole = text(sentence, hash(row));
            String cut = text(brief, hash(row));
            assertThat(cut.length()).isBetween(1, 30);
            assertThat(whole).startsWith(cut);
            assertThat(whole.equals(cut) || whole.charAt(cut.length()) == ' ').isTrue();
        }
    }

    @Test
    void shouldLeaveTextsAloneThatFit() {
        assertThat(sentence.within(sentence.maxBytes())).isSameAs(sentence);
    }

    @Test
    void shouldCutBetweenCharactersWhereThereIsNoSpace() {
        assertThat(text(new Shape("Škoda").within(4), 0)).isEqualTo("Ško");
        assertThat(text(new Shape("aŠkoda").within(2), 0)).isEqualTo("a");
    }
}
