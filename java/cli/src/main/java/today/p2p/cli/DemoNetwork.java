package today.p2p.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import today.p2p.terminal.Complaint;
import today.p2p.terminal.Readable;
import today.p2p.terminal.Terminal;
import today.p2p.terminal.Terminal.Style;
import tools.jackson.databind.JsonNode;

/** The parts of the demonstration in which processes of this program meet. */
final class DemoNetwork {
    private static final int KEYS = 30;
    private static final long RING_SECONDS = 60;

    private final Terminal terminal;

    DemoNetwork(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Processes, numbered from 1, that end together. */
    private static final class Members implements AutoCloseable {
        private final List<P2pProcess> members = new ArrayList<>();

        /** One more process; with a port, it joins the network of the node that listens there. */
        P2pProcess start(String command, int... ports) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            for (int port : ports) {
                words.addAll(List.of("--connect", "127.0.0.1:" + port));
            }
            P2pProcess member = P2pProcess.start(
                    "process " + (members.size() + 1),
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"),
                    words);
            members.add(member);
            return member;
        }

        @Override
        public void close() {
            members.forEach(member -> member.tell("quit"));
            members.forEach(P2pProcess::close);
        }
    }

    /** A broadcast crosses three processes. */
    void broadcast() throws InterruptedException {
        title("3. Three processes are a network: what the first broadcasts reaches the others once");
        try (Members members = new Members()) {
            P2pProcess first = members.start("node");
            int place = port(first);
            P2pProcess second = members.start("node", place);
            int relay = port(second);
            second.await("connected");
            // It dials the second only: the broadcast has to be relayed, unless the first was found by then.
            P2pProcess third = members.start("node", relay);
            third.await("connected");
            first.tell("broadcast one protocol, any language");
            say("process 1 broadcasts \"one protocol, any language\"");
            received(2, second);
            received(3, third);
        }
        say("the same with people: p2p chat");
        terminal.say("");
    }

    /** One table in two processes, and a lease. */
    void syncTable() throws InterruptedException {
        title("4. Two processes hold one table: what one puts, the other reads, and may not change for an hour");
        try (Members members = new Members()) {
            P2pProcess first = members.start("table --sync");
            JsonNode place = first.await("listening");
            first.tell("put colour green");
            first.await("put");
            say("process 1 puts colour = \"green\"");
            P2pProcess second = members.start("table --sync", place.path("port").asInt());
            second.await("ready");
            second.tell("get colour");
            say("process 2 joins, and reads colour = " + shown(second.await("get")));
            // Two writes of one second are a tie, which either may win (LSE-5).
            TimeUnit.MILLISECONDS.sleep(1100);
            second.tell("put colour blue");
            String refused = second.await("failed").path("detail").asString();
            say("process 2 puts colour = \"blue\", and is refused: "
                    + Readable.line(refused.replace(place.path("id").asString(), "process 1")
                            .replace("LEASE: ", "")));
        }
        say("the same by hand: p2p table --sync");
        terminal.say("");
    }

    /** A table spread over four processes, one of which is killed. */
    void chordTable() throws InterruptedException {
        title("5. Four processes share one table, each a part of it; then one of them is killed");
        try (Members members = new Members()) {
            P2pProcess first = members.start("table --chord");
            int place = port(first);
            P2pProcess second = members.start("table --chord", place);
            P2pProcess third = members.start("table --chord", place);
            P2pProcess fourth = members.start("table --chord", place);
            for (P2pProcess member : List.of(first, second, third, fourth)) {
                awaitRing(member, 4);
            }
            for (int key = 1; key <= KEYS; key++) {
                first.ask("put-json key" + key + " " + key * key, "put");
            }
            say("process 1 puts " + KEYS + " keys; each has five positions on a ring");
            say("process 4 reads " + read(fourth, 1, KEYS / 2) + " of the first " + KEYS / 2);
            third.kill();
            say("process 3 is killed, and cannot say good-bye");
            say("process 4 reads " + read(fourth, KEYS / 2 + 1, KEYS) + " of the other " + KEYS / 2);
            awaitRing(second, 3);
            say("process 2 reads " + read(second, 1, KEYS) + " of all " + KEYS);
        }
        say("the same by hand: p2p table --chord; p2p ring draws the ring");
        terminal.say("");
    }

    /** How many keys have the value that they were given. */
    private static int read(P2pProcess member, int from, int to) throws InterruptedException {
        int right = 0;
        for (int key = from; key <= to; key++) {
            JsonNode found = member.ask("get key" + key, "get");
            right += found.path("value").asInt(-1) == key * key ? 1 : 0;
        }
        return right;
    }

    private static void awaitRing(P2pProcess member, int count) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(RING_SECONDS);
        while (member.ask("ring", "ring").path("seats").size() != count) {
            if (System.nanoTime() > until) {
                throw Complaint.missing("the processes were no ring of " + count + " within " + RING_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static int port(P2pProcess member) throws InterruptedException {
        return member.await("listening").path("port").asInt();
    }

    private void received(int number, P2pProcess member) throws InterruptedException {
        JsonNode message = member.await("message");
        say("process " + number + " received "
                + Readable.line(message.path("values").path(0).toString()) + " from "
                + Readable.line(message.path("sender").asString()).substring(0, 8) + "...");
    }

    private static String shown(JsonNode entry) {
        return Readable.line(entry.path("value").toString());
    }

    private void title(String line) {
        terminal.say(terminal.paint(Style.STRONG, line));
        terminal.out().flush();
    }

    private void say(String line) {
        terminal.say("   " + line);
        terminal.out().flush();
    }
}
