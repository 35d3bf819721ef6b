package today.p2p.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Acts one script with a node of a testee. Used once, by one thread. */
public final class Player {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int WHISPER = 2;
    private static final int YOUNG_SECOND_MS = 150;
    private static final int STILL_MS = 1000;

    private final Control control;
    private final Duration patience;
    private final Transcript transcript = new Transcript();
    private boolean imprecise;
    private boolean wasLate;
    private String otherReason = "";
    private int quiets;

    /** @param patience how long the testee may take for what must happen */
    public Player(Control control, Duration patience) {
        this.control = control;
        this.patience = patience;
    }

    /** Opens a node, acts all steps and closes it. */
    public Finding play(Script script) throws InterruptedException {
        try {
            Control.Reply opened = control.ask("node.open", options(script));
            if (!opened.skip().isEmpty()) {
                return transcript.finding(Finding.Sort.SKIPPED, "", opened.skip(), "", "");
            }
            if (opened.ok() == null) {
                return transcript.finding(
                        Finding.Sort.FAILED, "OPEN." + opened.error(), "node.open was refused", "", opened.error());
            }
            String wanted = script.encryption();
            if (!opened.ok().path("encryption").asString(Script.PLAIN).equals(wanted)) {
                control.ask(
                        "node.close", JSON.objectNode().set("node", opened.ok().path("node")));
                return transcript.finding(Finding.Sort.SKIPPED, "", "it opened no node with " + wanted, "", "");
            }
            return act(script, opened.ok());
        } catch (Control.Lost e) {
            return transcript.finding(Finding.Sort.LOST, "", told(e), "", "");
        }
    }

    /** Whether the machine kept a peer from shaking hands in time: a failure then is none of the testee. */
    public boolean wasLate() {
        return wasLate;
    }

    private static ObjectNode options(Script script) {
        ObjectNode options = JSON.objectNode();
        script.node().properties().forEach(field -> options.set(field.getKey(), field.getValue()));
        return options;
    }

    private static String told(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private Finding act(Script script, JsonNode opened) throws InterruptedException, Control.Lost {
        Scene scene = new Scene(script, opened);
        Door door = new Door(control, scene, transcript, patience);
        try (Stage stage = new Stage(scene, transcript, patience)) {
            try {
                for (Step step : script.steps()) {
                    new Turn(scene, stage, door).take(step);
                }
            } finally {
                wasLate = stage.isLate();
            }
            return imprecise
                    ? transcript.finding(Finding.Sort.IMPRECISE, "IMPRECISE", otherReason, "", "")
                    : transcript.finding(Finding.Sort.PASSED, "", "", "", "");
        } catch (Mismatch e) {
            return transcript.finding(e.sort, e.why, told(e), e.expected, e.got);
        } catch (IOException e) {
            return transcript.finding(Finding.Sort.FAILED, "CLOSED", "a peer could not write or dial: " + e, "", "");
        } catch (IllegalArgumentException e) {
            return transcript.finding(Finding.Sort.INFRA, "INFRA", "the script is wrong: " + e, "", "");
        } finally {
            door.close();
        }
    }

    /** One step on the stage. */
    private final class Turn {
        private final Scene scene;
        private final Stage stage;
        private final Door door;

        Turn(Scene scene, Stage stage, Door door) {
            this.scene = scene;
            this.stage = stage;
            this.door = door;
        }

        void take(Step step) throws IOException, Mismatch, Control.Lost, InterruptedException {
            switch (step.verb()) {
                case "listen" -> stage.listen(step);
                case "dial" -> stage.dial(step);
                case "knock" -> stage.knock(step);
                case "hold" -> stage.link(step.link()).setDeaf(true);
                case "read" -> stage.link(step.link()).setDeaf(false);
                case "accept" -> stage.accept(step);
                case "undialled" -> stage.undialled(step);
                case "greet" -> stage.greet(step);
                case "send" -> new Sending(scene, transcript).send(step, stage.link(step.link()));
                case "receive" -> receive(step);
                case "closed" -> closed(step);
                case "drop" -> drop(step);
                case "quiet" -> quiet(step, step.texts("links"));
                case "call" -> door.call(step);
                case "flood" -> flood(step);
                case "until" -> door.until(step);
                case "mark" -> scene.mark(step.as());
                case "passed" -> passed(step);
                case "event" -> scene.bind(step.as(), door.event(step, step.get("event")));
                case "state" -> door.state(step);
                case "entry" -> door.entry(step);
                case "keys" -> door.keys(step);
                case "gather" -> gather(step);
                case "fits" -> fits(step);
                case "differ" -> differ(step);
                case "wait" -> Thread.sleep((long) (step.get("seconds").asDouble() * 1000));
                case "align" -> align();
                default -> throw new IllegalArgumentException(step + ": no such verb");
            }
        }

        /** Waits for a young second, so that the clock does not step between a message and its arrival. */
        private void align() throws InterruptedException {
            while (scene.millisecond() > YOUNG_SECOND_MS) {
                Thread.sleep(10);
            }
        }

        private void receive(Step step) throws Mismatch, InterruptedException {
            RawLink link = stage.link(step.link());
            if (!step.in().has("same")) {
                Wire.Read read = stage.read(step, link, step.get("message"));
                scene.bind(step.as(), read.message());
                scene.sent(step.as(), read.frame());
                return;
            }
            String id = scene.frame(step.get("same").asString()).id();
            Wire.Read read = stage.next(step, link, JSON.objectNode().put("$any", "none"));
            if (!read.frame().id().equals(id)) {
                throw Mismatch.of(
                        "BYTES", step + ": another message, or not its bytes", id, Transcript.brief(read.message()));
            }
        }

        /** The next messages on a link are these, in any order. */
        private void gather(Step step) throws Mismatch, InterruptedException {
            List<JsonNode> left = new ArrayList<>();
            step.get("messages").forEach(left::add);
            Pattern pattern = new Pattern(scene);
            while (!left.isEmpty()) {
                Wire.Read read = stage.next(step, stage.link(step.link()), left.get(0));
                Optional<JsonNode> fits = left.stream()
                        .filter(each -> pattern.differs(each, read.message(), "$") == null)
                        .findFirst();
                if (fits.isEmpty()) {
                    throw Mismatch.of(
                            "MESSAGE",
                            step + ": a message that is none of " + left.size(),
                            Transcript.brief(scene.filled(left.get(0))),
                            Transcript.brief(read.message()));
                }
                left.remove(fits.get());
            }
        }

        /** A message that was bound fits a pattern. */
        private void fits(Step step) throws Mismatch {
            JsonNode message = scene.named(step.get("name").asString());
            String differs = new Pattern(scene).differs(step.get("message"), message, "$");
            if (differs != null) {
                throw Mismatch.of(
                        "MESSAGE",
                        step + ": the message differs at " + differs,
                        Transcript.brief(step.get("message")),
                        Transcript.brief(message));
            }
        }

        /** Two messages have different ids. */
        private void differ(Step step) throws Mismatch {
            List<String> names = step.texts("names");
            String id = scene.frame(names.get(0)).id();
            if (id.equals(scene.frame(names.get(1)).id())) {
                throw Mismatch.of("SAME", step + ": both have the id " + id, "two ids", "one");
            }
        }

        /** The testee ends the link and sends nothing before; with an error code it may tell that as its reason. */
        private void closed(Step step) throws Mismatch, Control.Lost, InterruptedException {
            RawLink link = stage.link(step.link());
            String error = step.get("err").asString("");
            long last = System.nanoTime() + step.patience(patience).toNanos();
            while (true) {
                Arrival arrival = link.next(Duration.ofNanos(Math.max(0, last - System.nanoTime())));
                if (arrival == null) {
                    throw Mismatch.of("OPEN", step + ": the link is still open", "closed " + error, "open");
                }
                if (arrival instanceof Arrival.End end) {
                    transcript.say(link.name + " was " + end.how());
                    break;
                }
                Wire.Read read = stage.readable(step, link, (Arrival.Frame) arrival);
                boolean isGreeting = link.isStranger() && Stage.isHandshake(read.message());
                if (!Stage.isCasual(read.message())
                        && (!isGreeting || step.get("silent").asBoolean(false))) {
                    throw Mismatch.of(
                            "ANSWERED",
                            step + ": it sent something before it closed the link",
                            "closed " + error,
                            Transcript.brief(read.message()));
                }
            }
            if (link.isGreeted() && !error.isEmpty()) {
                reason(step, error);
            }
        }

        /** The peer sends a message again and again, numbered n, until the testee reads no more. */
        private void flood(Step step) throws Mismatch, InterruptedException {
            RawLink link = stage.link(step.link());
            JsonNode template = step.get("message");
            Flood flood = new Flood(link, number -> {
                scene.bind("n", JSON.numberNode(number));
                return Wire.frame(scene.filled(template)).frame();
            });
            int last = flood.untilStill(step, Duration.ofMillis(STILL_MS));
            transcript.say(link.name + " > T  messages 0 to " + last + ", the last not whole");
            scene.bind(step.as(), JSON.numberNode(last));
        }

        /** That so many seconds have passed at least since a moment that was marked. */
        private void passed(Step step) throws Mismatch {
            double seconds = scene.secondsSince(step.get("name").asString());
            transcript.say(String.format("%.3f s after %s", seconds, step.get("name")));
            if (seconds < step.get("seconds").asDouble()) {
                throw Mismatch.of(
                        "EARLY", step + ": it came too soon", "after " + step.get("seconds") + " s", seconds + " s");
            }
        }

        private void reason(Step step, String error) throws Mismatch, Control.Lost, InterruptedException {
            ObjectNode expected = JSON.objectNode().put("event", "disconnect");
            expected.putObject("peer").put("$id", Scene.identity(step.link()));
            String reason = door.event(step, expected).path("reason").asString("");
            if (!reason.isEmpty() && !reason.equals(error)) {
                imprecise = true;
                otherReason = step + ": closed for " + reason + " instead of " + error;
            }
        }

        private void drop(Step step) throws IOException {
            RawLink link = stage.link(step.link());
            transcript.say(link.name + " closes");
            if (step.get("reset").asBoolean(false)) {
                link.reset();
            } else {
                link.close();
            }
        }

        /**
         * That nothing more has happened, without waiting for nothing. Each link sends a whisper; when the last of them
         * was delivered, all that came before it was handled. Then the testee broadcasts; what it sent before came
         * before that. So each link also proves that it still works in both directions.
         */
        private void quiet(Step step, List<String> names)
                throws IOException, Mismatch, Control.Lost, InterruptedException {
            String word = "quiet " + ++quiets;
            Set<String> waiting = new HashSet<>();
            for (String name : names) {
                waiting.add(word + " " + name);
                String id = scene.id(Scene.identity(name));
                ArrayNode whisper = JSON.arrayNode().add(WHISPER).add(id).add(scene.now());
                whisper.add(WHISPER).add(word + " " + name);
                stage.write(stage.link(name), Wire.frame(whisper).frame(), word);
            }
            while (!waiting.isEmpty()) {
                JsonNode event = door.await("message", null, patience);
                if (event == null) {
                    throw Mismatch.of("DEAF", step + ": a whisper was not delivered", waiting.toString(), "none");
                }
                if (!waiting.remove(event.path("payload").path(0).asString(""))) {
                    throw Mismatch.of("DELIVERED", step + ": more was delivered", "nothing", Transcript.brief(event));
                }
            }
            door.untold(step);
            door.broadcast(word);
            for (String name : names) {
                Wire.Read read = stage.next(step, stage.link(name), JSON.arrayNode());
                if (!read.message().path(4).asString("").equals(word)) {
                    throw Mismatch.of(
                            "SENT", step + ": more was sent to " + name, word, Transcript.brief(read.message()));
                }
            }
        }
    }
}
