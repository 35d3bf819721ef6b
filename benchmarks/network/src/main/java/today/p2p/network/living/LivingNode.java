package today.p2p.network.living;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node in a process of its own. Safe for use by several threads, once linked. */
public final class LivingNode implements AutoCloseable {
    private static final int ANSWER_SECONDS = 20;
    private static final long LINK_SECONDS = 4;
    private static final long ASK_EVERY_MILLIS = 20;
    private static final long DIAL_EVERY_MILLIS = 1500;
    private static final long SETTLING_MILLIS = 400;

    private final LivingPeer peer;
    /** js2p takes two nodes of one address for one. */
    private final String host;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final int port;

    private LivingNode(LivingPeer peer, Kind kind, int index, Sizes sizes, Listener listener) throws IOException {
        this.peer = peer;
        host = "127.0.0." + (index + 1);
        process = peer.start(List.of(kind.word, host, Integer.toString(sizes.bytes), Integer.toString(sizes.every)));
        input = process.outputWriter();
        // Whatever happens to this process, none of these is left behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(() -> read(index, listener), peer + " " + index);
        reader.setDaemon(true);
        reader.start();
        port = Integer.parseInt(answer("ready"));
    }

    /** What sort of node. */
    public enum Kind {
        /** Broadcasts and whispers. */
        MESH("mesh"),
        /** Holds all of a table. */
        SYNC("sync"),
        /** Holds a share of a table. */
        CHORD("chord");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * @param bytes of each message
     * @param every how many whispers are told as one
     */
    public record Sizes(int bytes, int every) {}

    /** Hears the lines that answer nothing, word by word. */
    public interface Listener {
        void hear(int node, String[] words);
    }

    /**
     * Starts so many that are one network: each has links to at least half of the others, and those of a ring, who have joined
     * then, to all.
     *
     * @throws IOException that says what went wrong, as far as the peer says it
     */
    public static List<LivingNode> start(LivingPeer peer, Kind kind, int count, Sizes sizes, Listener listener)
            throws IOException {
        List<LivingNode> nodes = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            LivingNode node = new LivingNode(peer, kind, index, sizes, listener);
            if (index > 0) {
                node.link(peer.dialled(nodes));
            }
            nodes.add(node);
        }
        if (kind == Kind.CHORD) {
            for (LivingNode node : nodes) {
                node.tell("join");
                node.answer("connected");
                node.settle();
            }
        }
        requireLinks(nodes, kind == Kind.CHORD ? count - 1 : count / 2);
        return nodes;
    }

    private static void requireLinks(List<LivingNode> nodes, int least) throws IOException {
        for (LivingNode node : nodes) {
            // One that lost a link dials; nothing happens where there is one.
            if (!node.links(least, DIAL_EVERY_MILLIS)
                    && !node.dial(nodes.stream().filter(other -> other != node).toList(), least)) {
                throw new IOException("a node of %s has %d links, of the %d that it needs%s"
                        .formatted(node.peer, node.links(), least, node.why()));
            }
        }
    }

    private void link(List<LivingNode> others) throws IOException {
        dial(others, others.size());
        settle();
    }

    private boolean dial(List<LivingNode> others, int least) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LINK_SECONDS);
        while (System.nanoTime() - end < 0) {
            others.forEach(other -> tell("connect " + other.host + " " + other.port));
            for (int dialled = 0; dialled < others.size(); dialled++) {
                answer("connected");
            }
            if (links(least, DIAL_EVERY_MILLIS)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it comes to have so many links. */
    private boolean links(int least, long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (links() < least) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
        return true;
    }

    /** Leaves it time to link to those that the other told it of. */
    private void settle() throws IOException {
        for (long asked = 0; asked < SETTLING_MILLIS; asked += ASK_EVERY_MILLIS) {
            links();
        }
    }

    /** How many links it has; asked no oftener than it can bear. */
    public int links() throws IOException {
        try {
            Thread.sleep(ASK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell("links");
        return Integer.parseInt(answer("links"));
    }

    private String why() throws IOException {
        tell("why");
        String why = answer("why");
        return why.isEmpty() ? "" : ": " + why;
    }

    /** Says a line. */
    public void tell(String line) {
        try {
            synchronized (input) {
                input.write(line + "\n");
                input.flush();
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(peer + " has ended", ended);
        }
    }

    private String answer(String word) throws IOException {
        try {
            while (true) {
                String line = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
                if (line == null) {
                    throw new IOException(peer + " did not answer in " + ANSWER_SECONDS + " s: " + word);
                }
                if (line.startsWith(word)) {
                    return line.substring(word.length()).strip();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void read(int index, Listener listener) {
        try (BufferedReader lines = process.inputReader()) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "ready", "connected", "links", "why" -> answers.add(line);
                    default -> listener.hear(index, words);
                }
            }
        } catch (IOException ended) {
            // Whoever waits for an answer finds out.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
