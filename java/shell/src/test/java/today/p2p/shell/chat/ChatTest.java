package today.p2p.shell.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import today.p2p.msgpack.Value;
import today.p2p.shell.chat.ChatMessage.Kind;
import today.p2p.shell.chat.ChatOutput.Look;

class ChatTest {
    private static final String ANN = "AAAAAAAAAAAAAAAA";
    private static final String BOB = "BBBBBBBBBBBBBBBB";

    private final Chat chat = new Chat("MMMMMMMMMMMM", "me", true, 0);

    @Test
    void aLineGoesToAllAndIsShownUnderOnesOwnName() {
        assertThat(chat.typed("hello"))
                .containsExactly(
                        new ChatOutput.Show(Look.SAID, "<me> hello"),
                        new ChatOutput.ToAll(new ChatMessage(Kind.SAY, "me", "hello")));
    }

    @Test
    void twoSlashesSayALineThatBeginsWithOne() {
        assertThat(chat.typed("//etc")).contains(new ChatOutput.ToAll(new ChatMessage(Kind.SAY, "me", "/etc")));
    }

    @Test
    void aNewcomerIsToldWhoIsHereWithinASecond() {
        assertThat(hear(ANN, Kind.JOIN, "ann", "", 5)).containsExactly(notice("* ann joins"));
        assertThat(chat.tick(5)).isEmpty();
        assertThat(chat.tick(6)).containsExactly(new ChatOutput.ToAll(new ChatMessage(Kind.HERE, "me", "")));
        assertThat(chat.tick(7)).isEmpty();
    }

    @Test
    void aNewcomerJoinsAndWhoeverWasThereIsHere() {
        assertThat(chat.linked()).containsExactly(new ChatOutput.ToAll(new ChatMessage(Kind.JOIN, "me", "")));
        assertThat(chat.linked()).containsExactly(new ChatOutput.ToAll(new ChatMessage(Kind.HERE, "me", "")));
        Chat waiting = new Chat("MMMMMMMMMMMM", "me", false, 0);
        assertThat(waiting.linked()).containsExactly(new ChatOutput.ToAll(new ChatMessage(Kind.HERE, "me", "")));
    }

    @Test
    void whoeverDialsOthersFromAnEmptyRoomArrives() {
        Chat waiting = new Chat("MMMMMMMMMMMM", "me", false, 0);
        waiting.typed("/connect 4444");
        assertThat(waiting.linked()).containsExactly(new ChatOutput.ToAll(new ChatMessage(Kind.JOIN, "me", "")));
    }

    @Test
    void aSecondLinkToSomebodyIsNoSecondArrival() {
        hear(ANN, Kind.HERE, "ann", "", 1);
        assertThat(hear(ANN, Kind.JOIN, "ann", "", 2)).isEmpty();
    }

    @Test
    void joinersStayInWhatIsSaidAndAreShownInNames() {
        assertThat(hear(ANN, Kind.SAY, "a\u200dnn", "x\u200dy", 1))
                .containsExactly(new ChatOutput.Show(Look.SAID, "<a\\u{200d}nn> x\u200dy"));
    }

    @Test
    void aNameIsOneWordWhateverSomebodySends() {
        assertThat(hear(ANN, Kind.SAY, "ann> yes <bob", "no", 1))
                .containsExactly(new ChatOutput.Show(Look.SAID, "<ann>_yes_<bob> no"));
    }

    @Test
    void presenceIsToldEveryHalfMinute() {
        assertThat(chat.tick(29)).isEmpty();
        assertThat(chat.tick(30)).hasSize(1);
        assertThat(chat.tick(59)).isEmpty();
        assertThat(chat.tick(60)).hasSize(1);
    }

    @Test
    void whoeverIsSilentForLongIsGone() {
        hear(ANN, Kind.HERE, "ann", "", 0);

        assertThat(chat.tick(95)).doesNotContain(notice("* ann is gone"));
        assertThat(chat.tick(96)).contains(notice("* ann is gone"));
        assertThat(chat.typed("/who")).hasSize(1);
    }

    @Test
    void presenceIsShownOnce() {
        assertThat(hear(ANN, Kind.HERE, "ann", "", 1)).containsExactly(notice("* ann is here"));
        assertThat(hear(ANN, Kind.HERE, "ann", "", 31)).isEmpty();
        assertThat(chat.typed("/who")).containsExactly(notice("* me (you, MMMMMMMM)"), notice("* ann (AAAAAAAA)"));
    }

    @Test
    void aLineForOneGoesToThatNodeAlone() {
        hear(ANN, Kind.HERE, "ann", "", 1);

        assertThat(chat.typed("/msg ann psst, you"))
                .contains(new ChatOutput.ToOne(ANN, new ChatMessage(Kind.PRIVATE, "me", "psst, you")));
        assertThat(hear(ANN, Kind.PRIVATE, "ann", "yes?", 2))
                .containsExactly(new ChatOutput.Show(Look.PRIVATE, "<ann, to you> yes?"));
    }

    @Test
    void aNameThatNobodyOrThatSeveralHaveIsAMistake() {
        hear(ANN, Kind.HERE, "ann", "", 1);
        hear(BOB, Kind.HERE, "ann", "", 1);

        assertThat(chat.typed("/msg bob hi"))
                .containsExactly(mistake("nobody here is called bob; /who shows who is here"));
        assertThat(chat.typed("/msg ann hi"))
                .containsExactly(mistake("2 people here are called ann; one of them may take another /name"));
    }

    @Test
    void whatAStrangerWritesCannotSteerTheTerminal() {
        assertThat(hear(ANN, Kind.SAY, "a\u001b[2Jnn", "x\ny\u001b]0;z", 1))
                .containsExactly(new ChatOutput.Show(Look.SAID, "<a\\u{1b}[2Jnn> x\\u{a}y\\u{1b}]0;z"));
    }

    @Test
    void aNameIsCutAfterTwentyFourCharacters() {
        String most = "n".repeat(ChatMessage.MAX_NAME);
        assertThat(hear(ANN, Kind.JOIN, most, "", 1)).containsExactly(notice("* " + most + " joins"));
        assertThat(hear(BOB, Kind.JOIN, most + "x", "", 1)).containsExactly(notice("* " + most + " joins"));
    }

    @Test
    void whoeverLeavesIsNotHereAnyMore() {
        hear(ANN, Kind.HERE, "ann", "", 1);

        assertThat(hear(ANN, Kind.LEAVE, "ann", "", 2)).containsExactly(notice("* ann leaves"));
        assertThat(hear(BOB, Kind.LEAVE, "bob", "", 2)).isEmpty();
        assertThat(chat.typed("/who")).hasSize(1);
    }

    @Test
    void aRosterCountsNoMoreThanAThousand() {
        for (int i = 0; i < Roster.MAX + 1; i++) {
            hear("id" + i, Kind.HERE, "name" + i, "", 1);
        }
        assertThat(chat.typed("/who")).hasSize(1 + Roster.MAX);
    }

    @Test
    void aMessageThatIsNoChatIsShownWithTheIdOfItsSender() {
        assertThat(chat.heard(ANN, List.of(Value.of("hi"), Value.of(3)), 1))
                .containsExactly(new ChatOutput.Show(Look.SAID, "<AAAAAAAA> \"hi\" 3"));
    }

    @Test
    void oneCanBeCalledSomethingElse() {
        assertThat(chat.typed("/name max")).contains(new ChatOutput.ToAll(new ChatMessage(Kind.NAME, "max", "me")));
        assertThat(chat.name()).isEqualTo("max");
        assertThat(chat.typed("/name")).hasSize(1).first().isInstanceOf(ChatOutput.Show.class);
    }

    private List<ChatOutput> hear(String id, Kind kind, String name, String text, long now) {
        return chat.heard(id, new ChatMessage(kind, name, text).payload(), now);
    }

    private static ChatOutput notice(String line) {
        return new ChatOutput.Show(Look.NOTICE, line);
    }

    private static ChatOutput mistake(String line) {
        return new ChatOutput.Show(Look.MISTAKE, line);
    }
}
