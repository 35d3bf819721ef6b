package today.p2p.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts made fit to be shown. */
class TextsTest {
    @Test
    void textOfTheLimitIsKeptWholeAndOneLongerIsCut() {
        assertThat(Shown.text("abcd", 4)).isEqualTo("abcd");
        assertThat(Shown.text("abcde", 4)).isEqualTo("abcd … (cut: 5 characters in all)");
    }

    @Test
    void aPairThatTheCutWouldHalveIsSpelledOut() {
        assertThat(Shown.text("a\ud83d\ude00", 3)).isEqualTo("a\ud83d\ude00");
        assertThat(Shown.text("a\ud83d", 9)).isEqualTo("a\\ud83d");
    }

    @Test
    void lineFeedsStayInATextAndBecomeSpacesInALine() {
        assertThat(Shown.text("a\nb\tc", 9)).isEqualTo("a\nb\tc");
        assertThat(Shown.line("a\nb\tc", 9)).isEqualTo("a b c");
    }

    @Test
    void aClauseKeepsItsCodeAndLosesEmphasisAndAddresses() {
        assertThat(ClauseText.of("A *type* of `max-frame` in [the registry](registry/limits.csv), 2 * 3 * 4."))
                .containsExactly(
                        new ClauseText.Run(false, "A type of "),
                        new ClauseText.Run(true, "max-frame"),
                        new ClauseText.Run(false, " in the registry, 2 * 3 * 4."));
    }

    @Test
    void aCommandIsOneWordOfTheShell() {
        assertThat(ShellWord.of("./testee")).isEqualTo("./testee");
        assertThat(ShellWord.of("python3 it's.py; rm $HOME")).isEqualTo("'python3 it'\\''s.py; rm $HOME'");
        assertThat(ShellWord.of("")).isEqualTo("''");
    }
}
