package today.p2p.conformance.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A testee that misbehaves in the one way that its argument names; knows no JSON beyond its own lines. */
public final class ScriptedTestee {
    private static final Pattern REQUEST = Pattern.compile("\\{\"id\":(\\d+),\"op\":\"([^\"]+)\".*");

    private ScriptedTestee() {}

    /** How to start it, with a short deadline for calls. */
    public static Launch launch(String mode, Duration call) {
        return new Launch(
                "",
                "scripted " + mode,
                command(mode),
                Map.of("ADDED", "yes"),
                Path.of("").toAbsolutePath(),
                new Launch.Deadlines(Duration.ofSeconds(60), call));
    }

    public static List<String> command(String mode) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedTestee.class.getName(),
                mode));
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        String mode = arguments[0];
        if (mode.equals("exit-at-hello")) {
            System.err.println("no such module");
            System.exit(9);
        }
        if (mode.equals("mute")) {
            new CountDownLatch(1).await();
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher request = REQUEST.matcher(line);
            if (!request.matches()) {
                throw new IOException("not a request: " + line);
            }
            String id = request.group(1);
            switch (request.group(2)) {
                case "hello" -> hello(mode, id);
                case "bye" -> bye(mode, id, in);
                case "act" -> act(mode, id);
                default -> echo(mode, id, line);
            }
        }
    }

    private static void hello(String mode, String id) {
        String name = mode.equals("no-name") ? "" : "\"name\":\"scripted\",";
        String ops = mode.equals("no-ops") ? "" : "\"ops\":[\"echo\",\"act\"],";
        reply(id, "\"ok\":{" + name + ops + "\"codecs\":[]}");
    }

    private static void echo(String mode, String id, String line) {
        if (mode.equals("exit-at-third") && id.equals("4")) {
            System.exit(6);
        }
        reply(id, "\"ok\":{\"line\":" + line.length() + "}");
    }

    private static void act(String mode, String id) throws IOException, InterruptedException {
        if (mode.startsWith("flaky:")) {
            boolean first = Path.of(mode.substring(6)).toFile().createNewFile();
            reply(id, first ? "\"err\":\"BODY\"" : "\"ok\":{}");
            return;
        }
        switch (mode) {
            case "exit" -> {
                System.err.println("the last words");
                System.exit(7);
            }
            case "long-panic" -> {
                System.err.print("panic: the cause\n" + "at somewhere\n".repeat(2000) + "exit status 2\n");
                System.exit(2);
            }
            case "repeated-key" -> reply(id, "\"ok\":{\"a\":1,\"a\":2}");
            case "repeated-id" -> reply(id, "\"id\":" + id + ",\"err\":\"BODY\"");
            case "abort" -> Runtime.getRuntime().halt(139);
            case "hang" -> new CountDownLatch(1).await();
            case "stray" -> {
                print("debug: here I am\n");
                reply(id, "\"ok\":{}");
            }
            case "stray-after" -> {
                reply(id, "\"ok\":{}");
                print("debug: done\n");
            }
            case "exit-after" -> {
                reply(id, "\"ok\":{}");
                System.exit(8);
            }
            case "wrong-id" -> reply("99", "\"ok\":{}");
            case "two-answers" -> reply(id, "\"ok\":{},\"err\":\"BODY\"");
            case "no-answer" -> reply(id, "\"detail\":\"hm\"");
            case "half-line" -> {
                print("{\"id\":");
                System.exit(0);
            }
            case "endless-line" -> {
                String piece = "x".repeat(1 << 20);
                while (!System.out.checkError()) {
                    print(piece);
                }
            }
            case "environment" ->
                reply(
                        id,
                        "\"ok\":{\"names\":\""
                                + String.join(" ", System.getenv().keySet()) + "\"}");
            case "skip" -> reply(id, "\"skip\":\"no time\"");
            case "noop" -> reply(id, "\"err\":\"NOOP\"");
            case "refuse" -> reply(id, "\"err\":\"BODY\",\"detail\":\"c1\",\"offset\":3");
            case "loud" -> {
                System.err.print("e".repeat(100_000));
                reply(id, "\"ok\":{}");
            }
            default -> reply(id, "\"ok\":{}");
        }
    }

    private static void bye(String mode, String id, BufferedReader in) throws IOException {
        if (mode.equals("exit-3-at-the-end")) {
            reply(id, "\"ok\":{}");
            System.exit(3);
        }
        reply(id, "\"ok\":{}");
        if (mode.equals("lingers") && in.readLine() != null) {
            System.exit(4);
        }
        System.exit(0);
    }

    private static void reply(String id, String rest) {
        print("{\"id\":" + id + "," + rest + "}\n");
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }
}
