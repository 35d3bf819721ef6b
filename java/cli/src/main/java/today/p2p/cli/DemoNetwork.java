package today.p2p.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import today.p2p.terminal.Complaint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Processes of this program in one network. */
final class DemoNetwork implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final List<Member> members = new ArrayList<>();

    /** One process. */
    static final class Member {
        private final int number;
        private final Process process;
        private final PrintWriter commands;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        private Member(int number, Process process) {
            this.number = number;
            this.process = process;
            commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            Thread reader = new Thread(this::read, "p2p-demo-" + number);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException e) {
                lines.add("");
            }
        }

        /** The next event of that name; others are passed over. */
        JsonNode await(String event) throws InterruptedException {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                String line = lines.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw Complaint.missing("process " + number + " of the network did not say '" + event + "' within "
                            + PATIENCE_SECONDS + " s");
                }
                if (line.startsWith("{")) {
                    JsonNode found = JsonMapper.shared().readTree(line);
                    if (event.equals(found.path("event").asString())) {
                        return found;
                    }
                }
            }
        }

        void tell(String command) {
            commands.println(command);
        }
    }

    /** One more process {@code p2p COMMAND --json}; with a port, it joins the network of the node that listens there. */
    Member start(List<String> subcommand, @Nullable Integer port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(subcommand);
        command.add("--json");
        if (port != null) {
            command.addAll(List.of("--connect", "127.0.0.1:" + port));
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Member member = new Member(members.size() + 1, process);
            members.add(member);
            return member;
        } catch (IOException e) {
            throw Complaint.missing("a process of this program cannot be started: " + e.getMessage());
        }
    }

    /** Ends all processes: kindly, then not. */
    @Override
    public void close() {
        members.forEach(member -> member.tell("quit"));
        for (Member member : members) {
            try {
                if (!member.process.waitFor(5, TimeUnit.SECONDS)) {
                    member.process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                member.process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
