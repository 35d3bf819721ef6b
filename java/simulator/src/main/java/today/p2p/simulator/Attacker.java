package today.p2p.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import today.p2p.ids.NodeId;
import today.p2p.kernel.Address;
import today.p2p.kernel.Time;
import today.p2p.mesh.Peer;
import today.p2p.msgpack.Bytes;
import today.p2p.msgpack.Value;
import today.p2p.serializer.Decoded;
import today.p2p.serializer.Frame;
import today.p2p.serializer.FrameReader;
import today.p2p.serializer.Limits;
import today.p2p.serializer.Message;
import today.p2p.serializer.Opcode;
import today.p2p.serializer.PackedMessage;

/** A peer that means ill: it dials one node and plays one attack. */
final class Attacker implements Network.Resident, Network.Dialler, End {
    private static final int FLOOD = 3000;
    private static final int ROUNDS = 240;
    private static final int KEYS = 100_000;

    private final World world;
    private final Attack attack;
    private final Host target;
    private final int number;
    private final NodeId id;
    private final FrameReader reader = new FrameReader(Limits.DEFAULT, World.ZLIB);
    private final List<Bytes> heard = new ArrayList<>();
    private final Forge forge = new Forge();
    private @Nullable Connection connection;

    Attacker(World world, Attack attack, Host target) {
        this.world = world;
        this.attack = attack;
        this.target = target;
        number = world.nextAttacker();
        id = NodeId.of("attacker " + number, World.MESH, "salt");
    }

    void begin() {
        world.trace()
                .line(
                        name(),
                        "attacks " + target.name() + ": "
                                + attack.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        world.network().dial(this, target.address(), this);
    }

    @Override
    public String name() {
        return "x" + number;
    }

    @Override
    public Address address() {
        return new Address("12.0." + (number >> 8) + "." + (number & 0xff), 4444);
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public boolean isSilent() {
        return false;
    }

    @Override
    public void accept(Connection dialled, Address remote) {
        dialled.shut(1, false);
    }

    @Override
    public void failed(String why) {
        world.trace().line(name(), "dial failed: " + why);
    }

    @Override
    public void connected(Connection made, Address remote) {
        connection = made;
        made.attach(0, this);
        switch (attack) {
            case SILENCE -> {}
            case TRICKLE -> {
                write(forge.handshake(id), "a handshake");
                trickle(forge.message(Opcode.WHISPER, Value.of(Opcode.WHISPER.number()), Value.of("slowly")), 0);
            }
            case BARGE_IN ->
                write(forge.message(Opcode.BROADCAST, Value.of(0), Value.of("let me in")), "a broadcast too early");
            case OVERSIZE -> write(Bytes.of(new byte[] {-1, -1, -1, -1, 0, 0}), "a length of 4 GiB");
            case CHECKSUM -> write(forge.damaged(forge.handshake(id)), "a damaged handshake");
            case GARBAGE -> write(forge.garbage(), "garbage");
            case FORGED_ID -> write(forge.handshake(peerOfTarget().orElse(id)), "a handshake with a forged id");
            case TURNCOAT -> {
                write(forge.handshake(id), "a handshake");
                write(forge.handshake(peerOfTarget().orElse(id)), "a handshake with a forged id");
            }
            case LIAR -> write(forge.handshake(id), "a handshake");
            case FLOOD -> flood();
            case POISON -> poison(0);
            case DEAF -> deaf(0);
            case REPLAY -> replay(0);
            case MANY_KEYS, HUGE_KEYS, FORGED_OWNERS, FUTURE, MISSHAPEN -> {
                write(forge.handshake(id), "a handshake");
                changes();
            }
        }
    }

    @Override
    public boolean takesBytes() {
        return attack != Attack.DEAF;
    }

    @Override
    public void bytes(ByteBuffer chunk) {
        reader.feed(chunk);
        while (reader.next() instanceof Decoded.Complete complete) {
            Frame frame = complete.frame();
            if (frame.message().type() == Opcode.BROADCAST.number()) {
                heard.add(frame.packed().frameFor(null));
                lie(frame.message().payload());
            }
        }
    }

    @Override
    public void written(long bytes) {}

    @Override
    public void ended(String why) {
        connection = null;
        world.trace().line(name(), "is thrown out: " + why);
    }

    private void trickle(Bytes bytes, int sent) {
        if (sent < bytes.length()) {
            write(bytes.slice(sent, sent + 1), "a byte");
            world.schedule().in(Time.SECOND, () -> trickle(bytes, sent + 1));
        }
    }

    private void lie(List<Value> search) {
        boolean isSearch = search.size() == 3 && search.get(0).equals(Value.of(Opcode.REQUEST.number()));
        if (attack == Attack.LIAR && isSearch) {
            Value response = Value.of(Opcode.RESPONSE.number());
            Value nobody = forge.node("13.13.13.13", NodeId.of("nobody", World.MESH, "salt"));
            Value inside = Value.array(Value.array(Value.of("10.0.0.1"), Value.of(22)), search.get(2));
            write(forge.message(Opcode.BROADCAST, response, search.get(1), nobody), "a lie");
            write(forge.message(Opcode.BROADCAST, response, search.get(1), inside), "a lie");
        }
    }

    /** What an attack on a table sends, all as whispers: nobody passes them on. */
    private void changes() {
        switch (attack) {
            case MANY_KEYS -> {
                for (int key = 0; key < KEYS; key++) {
                    change(id, 0, forge.key("many " + key), Value.of(key));
                }
            }
            case HUGE_KEYS -> {
                change(id, 0, Value.of("k".repeat(4097)), Value.of(1));
                change(id, 0, forge.key("huge"), Value.of("v".repeat(1 << 20)));
                join(Value.of("k".repeat(4097)), Value.of(1), Value.of(id.text()), forge.now());
            }
            case FORGED_OWNERS -> {
                for (Host host : world.hosts()) {
                    change(host.id(), 0, forge.key("forged"), Value.of("in the name of " + host.name()));
                    change(host.id(), 0, forge.key("shared"), Value.nil());
                }
                join(forge.key("forged"), Value.of(1), Value.of("o".repeat(129)), forge.now());
            }
            case FUTURE -> {
                change(id, 62, forge.key("soon"), Value.of("in a minute"));
                change(id, 36_000, forge.key("later"), Value.of("in ten hours"));
                join(forge.key("last"), Value.of("never"), Value.of(id.text()), Long.MAX_VALUE);
            }
            default -> misshapen();
        }
    }

    private void misshapen() {
        Value key = forge.key("misshapen");
        Value store = Value.of(Opcode.STORE.number());
        Value delta = Value.of(Opcode.DELTA.number());
        write(forge.message(Opcode.WHISPER, store), "a change");
        write(forge.message(Opcode.WHISPER, store, key), "a change");
        write(forge.message(Opcode.WHISPER, store, key, Value.of(1), Value.of(2)), "a change");
        write(forge.message(Opcode.WHISPER, store, Value.of(1), Value.of(2)), "a change");
        write(forge.message(Opcode.WHISPER, delta, key, Value.array()), "a change");
        Value.Entry nested = new Value.Entry(Value.array(), Value.of(1));
        write(forge.message(Opcode.WHISPER, delta, key, Value.map(nested)), "a change");
        join(key, Value.nil(), Value.of(id.text()), forge.now());
        join(key, Value.of(1), Value.of(1), forge.now());
        join(key, Value.of(1), Value.of(id.text()), -1);
        // Sound, but nothing comes of it: a deletion of what is not there.
        change(id, 0, key, Value.nil());
    }

    private void change(NodeId owner, long ahead, Value key, Value value) {
        Value store = Value.of(Opcode.STORE.number());
        Message message = new Message(
                Opcode.WHISPER.number(), Value.of(owner.text()), forge.now() + ahead, List.of(store, key, value));
        write(PackedMessage.of(message, Limits.DEFAULT).frameFor(null), "a change");
    }

    private void join(Value key, Value value, Value owner, long time) {
        Value store = Value.of(Opcode.STORE.number());
        write(forge.message(Opcode.WHISPER, store, key, value, owner, Value.of(time)), "a join store");
    }

    private void flood() {
        write(forge.handshake(id), "a handshake");
        for (int message = 0; message < FLOOD; message++) {
            Value text = Value.of("flood " + number + " " + message);
            boolean isBroadcast = message % 10 == 0;
            Opcode type = isBroadcast ? Opcode.BROADCAST : Opcode.WHISPER;
            Value subFlag = Value.of((isBroadcast ? Opcode.BROADCAST : Opcode.PING).number());
            write(forge.message(type, subFlag, text), "flood");
        }
    }

    private void poison(int round) {
        if (round == 0) {
            write(forge.handshake(id), "a handshake");
        }
        List<Value> named = new ArrayList<>();
        for (String host : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "224.0.0.1", "::1", "localhost")) {
            named.add(forge.node(host, NodeId.of(host + round, World.MESH, "salt")));
        }
        for (Host host : world.hosts()) {
            String made = "13." + host.number() + "." + round % 256 + ".1";
            named.add(forge.node(made, host.id()));
            named.add(forge.node(made, NodeId.of(made, World.MESH, "salt")));
        }
        write(forge.message(Opcode.WHISPER, Value.of(Opcode.PEERS.number()), Value.of(named)), "poison");
        if (round < ROUNDS) {
            world.schedule().in(Time.SECOND, () -> poison(round + 1));
        }
    }

    private void deaf(int round) {
        if (round == 0) {
            write(forge.handshake(id), "a handshake");
        }
        write(forge.message(Opcode.WHISPER, Value.of(Opcode.REQUEST.number()), Value.of("*")), "a request");
        write(forge.message(Opcode.WHISPER, Value.of(Opcode.PING.number())), "a ping");
        if (round < ROUNDS) {
            world.schedule().in(Time.SECOND, () -> deaf(round + 1));
        }
    }

    private void replay(int round) {
        if (round == 0) {
            write(forge.handshake(id), "a handshake");
        }
        heard.forEach(frame -> write(frame, "an old frame"));
        if (round < ROUNDS) {
            world.schedule().in(Time.SECOND, () -> replay(round + 1));
        }
    }

    private Optional<NodeId> peerOfTarget() {
        return target.life()
                .flatMap(life -> life.node().peers().stream()
                        .map(Peer::info)
                        .map(info -> info.id())
                        .findFirst());
    }

    private void write(Bytes bytes, String label) {
        if (connection != null) {
            connection.write(0, bytes, label);
        }
    }

    /** Makes the bytes. */
    private final class Forge {
        Bytes garbage() {
            byte[] bytes = new byte[200];
            world.random().nextBytes(bytes);
            // A length that is allowed, so that the rest is looked at.
            bytes[0] = 0;
            bytes[1] = 0;
            bytes[2] = 0;
            return Bytes.copyOf(bytes, 0, bytes.length);
        }

        Value key(String name) {
            return Value.of(Bytes.ofUtf8(name));
        }

        Bytes damaged(Bytes frame) {
            byte[] bytes = frame.toArray();
            bytes[bytes.length - 1] ^= 1;
            return Bytes.copyOf(bytes, 0, bytes.length);
        }

        Value node(String host, NodeId id) {
            return Value.array(Value.array(Value.of(host), Value.of(4444)), Value.of(id.text()));
        }

        Bytes handshake(NodeId claimed) {
            Message message = new Message(
                    Opcode.WHISPER.number(),
                    Value.of(claimed.text()),
                    now(),
                    List.of(
                            Value.of(Opcode.HANDSHAKE.number()),
                            Value.of(claimed.text()),
                            Value.of(World.MESH.bytes()),
                            address().toValue(),
                            Value.array()));
            return PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
        }

        Bytes message(Opcode type, Value... payload) {
            Message message = new Message(type.number(), Value.of(id.text()), now(), List.of(payload));
            return PackedMessage.of(message, Limits.DEFAULT).frameFor(null);
        }

        long now() {
            return World.WALL + world.schedule().now() / Time.SECOND;
        }
    }
}
