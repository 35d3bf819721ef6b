package today.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import today.p2p.kernel.Address;
import today.p2p.kernel.CloseReason;
import today.p2p.kernel.Effect;
import today.p2p.kernel.Event;
import today.p2p.kernel.LinkId;
import today.p2p.kernel.NodeLimits;
import today.p2p.kernel.Time;
import today.p2p.link.Intake;
import today.p2p.link.Link;
import today.p2p.link.LinkOutput;
import today.p2p.link.LinkState;
import today.p2p.link.QueueBudget;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.PackedMessage;

/** Links and node together, fed with messages of all kinds, good and bad, in any order. M-7, M-8, M-10. */
class MachinesFuzzTest {
    private static final int STEPS = 4000;

    @Test
    void noSequenceOfMessagesBreaksAMachineOrTheOrderOfWhatItTells() { // LNK-13, ERR-3
        for (long seed = 1; seed <= 5; seed++) {
            List<String> trace = new Run(seed).steps(STEPS);
            assertThat(trace).as("seed %d", seed).hasSizeGreaterThan(STEPS / 4);
            assertThat(new Run(seed).steps(STEPS)).as("seed %d, again", seed).isEqualTo(trace);
        }
    }

    /** One node with links that come and go. */
    private static final class Run {
        private final RandomGenerator random;
        private final Node node;
        private final QueueBudget budget = new QueueBudget(NodeLimits.DEFAULT);
        private final TreeMap<Long, Link> links = new TreeMap<>();
        private final TreeMap<Long, String> told = new TreeMap<>();
        private final List<String> trace = new ArrayList<>();
        private long nextLink = 1;
        private long nanos;

        Run(long seed) {
            RandomGeneratorFactory<RandomGenerator> factory = RandomGeneratorFactory.of("L64X128MixRandom");
            random = factory.create(seed);
            node = new Node(Wire.SELF, NodeLimits.DEFAULT, factory.create(seed + 1));
        }

        List<String> steps(int count) {
            for (int step = 0; step < count; step++) {
                nanos += random.nextLong(Time.SECOND / 4);
                if (links.size() < 6) {
                    open();
                } else {
                    feed();
                }
                tick();
                links.values().removeIf(link -> link.state() == LinkState.CLOSED);
            }
            assertThat(told.values()).allMatch(order -> order.matches("U(G[GR]*)?D?"));
            return trace;
        }

        private Time now() {
            return new Time(nanos, Wire.WALL + nanos / Time.SECOND);
        }

        private void open() {
            LinkId id = new LinkId(nextLink++);
            Link link = new Link(id, Wire.SELF, NodeLimits.DEFAULT, budget, Intake.unbounded(), now());
            links.put(id.value(), link);
            Address remote = new Address("203.0.113." + id.value() % 200, 1);
            perform(id.value(), link.start(remote, OptionalLong.empty(), now()));
        }

        private void feed() {
            List<Long> ids = new ArrayList<>(links.keySet());
            long id = ids.get(random.nextInt(ids.size()));
            Link link = Objects.requireNonNull(links.get(id));
            byte[] frame = PackedMessage.of(message(link), Limits.DEFAULT)
                    .frameFor(null)
                    .toArray();
            if (random.nextInt(50) == 0) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int cut = random.nextInt(frame.length + 1);
            perform(id, link.received(ByteBuffer.wrap(frame, 0, cut), now()));
            perform(id, link.received(ByteBuffer.wrap(frame, cut, frame.length - cut), now()));
        }

        private Message message(Link link) {
            if (link.state() == LinkState.GREETING && random.nextInt(20) != 0) {
                return handshake();
            }
            int type = random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(3);
            List<Value> payload = new ArrayList<>();
            payload.add(Value.of(random.nextInt(8) == 0 ? random.nextInt(400) - 50 : random.nextInt(0x12)));
            for (int items = random.nextInt(5); items > 0; items--) {
                payload.add(value(2));
            }
            long time = now().wallSeconds() + random.nextInt(140) - 70;
            return random.nextInt(40) == 0
                    ? handshake()
                    : new Message(type, Value.of("z" + random.nextInt(1, 5)), time, payload);
        }

        private Message handshake() {
            Value address = Value.array(Value.of("203.0.113.7"), Value.of(random.nextInt(70_000)));
            return new Message(
                    2,
                    Value.of("z"),
                    0,
                    List.of(
                            Value.of(5),
                            Value.of("z" + random.nextInt(1, 9)),
                            Value.of(Wire.SELF.protocol().bytes()),
                            address,
                            value(1)));
        }

        private Value value(int depth) {
            return switch (random.nextInt(depth > 0 ? 7 : 5)) {
                case 0 -> Value.nil();
                case 1 -> Value.of(random.nextLong());
                case 2 -> Value.of("z" + random.nextInt(1, 9));
                case 3 -> Value.of(Bytes.ofUtf8("*"));
                case 4 -> Value.of(random.nextInt(300));
                case 5 -> Value.array(Value.of("203.0.113." + random.nextInt(255)), Value.of(random.nextInt(70_000)));
                default -> Value.array(value(depth - 1), value(depth - 1));
            };
        }

        private void tick() {
            for (Long id : List.copyOf(links.keySet())) {
                Link link = Objects.requireNonNull(links.get(id));
                if (link.deadline().isPresent()
                        && now().isAtOrAfter(link.deadline().getAsLong())) {
                    perform(id, link.tick(now()));
                }
                link.written(link.queuedBytes(), now());
            }
        }

        private void perform(long id, List<LinkOutput> outputs) {
            for (LinkOutput output : outputs) {
                trace.add(id + " " + nanos + " " + output.getClass().getSimpleName());
                if (output instanceof LinkOutput.Tell tell) {
                    String letter = switch (tell.event().getClass().getSimpleName()) {
                        case "LinkUp" -> "U";
                        case "Greeted" -> "G";
                        case "Received" -> "R";
                        default -> "D";
                    };
                    told.merge(id, letter, String::concat);
                    node.on(tell.event(), now()).forEach(this::perform);
                }
            }
        }

        private void perform(Effect effect) {
            trace.add(effect.getClass().getSimpleName());
            if (effect instanceof Effect.Send send
                    && links.containsKey(send.link().value())) {
                Link link = links.get(send.link().value());
                perform(send.link().value(), link.send(send.message(), send.isRepeatable(), now()));
            } else if (effect instanceof Effect.Close close
                    && links.containsKey(close.link().value())) {
                perform(close.link().value(), links.get(close.link().value()).close(close.reason()));
            } else if (effect instanceof Effect.Dial dial) {
                Event.DialFailed failed = new Event.DialFailed(
                        dial.dial(), CloseReason.because(CloseReason.Cause.UNREACHABLE, "nobody there"));
                node.on(failed, now()).forEach(this::perform);
            }
        }
    }
}
