package today.p2p.testee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Section 1 of the testee protocol: the conversation. */
class TesteeMainTest {
    private static final String BASE58 = "{\"id\":%d,\"op\":\"base58.encode\",\"in\":{\"int\":\"57\"}}";

    @Test
    void repliesComeInTheOrderOfTheRequests() throws IOException {
        assertThat(replies(BASE58.formatted(7), BASE58.formatted(8)))
                .containsExactly("{\"id\":7,\"ok\":{\"text\":\"z\"}}", "{\"id\":8,\"ok\":{\"text\":\"z\"}}");
    }

    @Test
    void afterByeNothingIsRead() throws IOException {
        assertThat(replies("{\"id\":1,\"op\":\"bye\",\"in\":{}}", BASE58.formatted(2)))
                .containsExactly("{\"id\":1,\"ok\":{}}");
    }

    @Test
    void anUnknownOperationIsNoopAndTheConversationGoesOn() throws IOException {
        List<String> replies = replies("{\"id\":1,\"op\":\"node.dance\",\"in\":{}}", BASE58.formatted(2));
        assertThat(replies.get(0)).startsWith("{\"id\":1,\"err\":\"NOOP\"");
        assertThat(replies.get(1)).contains("\"ok\"");
    }

    @Test // ERR-3
    void whatIsNoRequestIsAnsweredAndTheConversationGoesOn() throws IOException {
        List<String> replies = replies(
                "junk",
                "[1]",
                "",
                "{\"id\":4,\"op\":{}}",
                "{\"id\":5,\"op\":\"frame.decode\",\"in\":{}}",
                "{\"id\":6,\"op\":\"frame.decode\"}",
                BASE58.formatted(7));
        assertThat(replies).hasSize(7);
        assertThat(replies.subList(0, 3)).allMatch(reply -> reply.startsWith("{\"id\":null,\"err\":\"INTERNAL\""));
        assertThat(replies.get(4)).contains("INTERNAL", "the request has no codecs");
        assertThat(replies.get(6)).contains("\"ok\"");
    }

    @Test
    void aLineWithoutItsEndIsStillAnswered() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TesteeMain.run(new ByteArrayInputStream(BASE58.formatted(1).getBytes(UTF_8)), out);
        assertThat(out.toString(UTF_8)).isEqualTo("{\"id\":1,\"ok\":{\"text\":\"z\"}}\n");
    }

    @Test
    @Timeout(60)
    void eachReplyIsFlushedBeforeTheNextRequestIsRead() throws IOException {
        try (PipedOutputStream requests = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(requests);
                PipedInputStream replies = new PipedInputStream();
                PipedOutputStream out = new PipedOutputStream(replies)) {
            Thread testee = new Thread(() -> run(in, out));
            testee.start();
            requests.write((BASE58.formatted(1) + "\n").getBytes(UTF_8));
            requests.flush();

            assertThat(replies.read()).isEqualTo('{'); // blocks for ever when the reply waits in a buffer
            testee.interrupt();
        }
    }

    @Test
    void aLineIsCutOneByteAfterItsLimit() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream("abcd\nabcde\nabcdef\n\nx".getBytes(UTF_8)), 4);
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("abcd"));
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("abcde"));
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("abcde"));
        assertThat(lines.next()).hasValueSatisfying(line -> assertThat(line).isEmpty());
        assertThat(lines.next())
                .hasValueSatisfying(line -> assertThat(line).asString().isEqualTo("x"));
        assertThat(lines.next()).isEmpty();
    }

    private static void run(PipedInputStream in, PipedOutputStream out) {
        try {
            TesteeMain.run(in, out);
        } catch (IOException e) {
            // The test has closed the pipe.
        }
    }

    private static List<String> replies(String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TesteeMain.run(new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(UTF_8)), out);
        return out.toString(UTF_8).lines().toList();
    }
}
