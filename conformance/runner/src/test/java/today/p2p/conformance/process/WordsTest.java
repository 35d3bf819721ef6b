package today.p2p.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Words as a POSIX shell splits them, checked against {@code printf '%s\n' ...} of one. */
class WordsTest {
    @Test
    void blanksSeparate() {
        assertThat(Words.split("  python3   testee.py\t-v ")).containsExactly("python3", "testee.py", "-v");
    }

    @Test
    void quotesKeepBlanksAndJoin() {
        assertThat(Words.split("a'b c'd \"e f\" ''")).containsExactly("ab cd", "e f", "");
    }

    @Test
    void aBackslashKeepsTheNextCharacterButNotInsideSingleQuotes() {
        assertThat(Words.split("a\\ b 'c\\d' \"e\\\"f\\g\"")).containsExactly("a b", "c\\d", "e\"f\\g");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(Words.split("echo $HOME * ~ ; x")).containsExactly("echo", "$HOME", "*", "~", ";", "x");
    }

    @Test
    void anOpenQuoteAndAnEmptyCommandAreRefused() {
        assertThatThrownBy(() -> Words.split("a 'b")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> Words.split("  ")).hasMessageContaining("empty");
    }

    @Test
    void whatIsQuotedSplitsIntoOneWordAgain() {
        for (String text : List.of("plain", "a b", "it's", "a\"b$c`d\\", "", "'\"")) {
            assertThat(Words.split("x " + Words.quote(text))).containsExactly("x", text);
        }
    }
}
