package today.p2p.rigs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Many hostile links to one node, kept up by one thread: a link that the node closes is dialled again. They come from many
 * addresses of the loopback network, so that the limit for one address does not spare the node. Run as a process, it attacks
 * at once, and ends when its input does.
 */
public final class Hostiles implements AutoCloseable {
    private static final long REDIAL_MILLIS = 500;
    /** Who has had no connection and has asked for none for so long does nothing. */
    private static final long IDLE_MILLIS = 5_000;
    // A multiple of the kinds, so that each address has one kind: what breaks rules is shunned by address (MSH-26).
    private static final int ADDRESSES = 9 * Attack.values().length;

    private final InetSocketAddress target;
    private final String honestId;
    private final Selector selector;
    private final List<Link> links = new ArrayList<>();
    private final long[] opened = new long[Attack.values().length];
    private final Random random;
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile @Nullable Throwable failure;

    private Hostiles(int count, InetSocketAddress target, String honestId, long seed) throws IOException {
        this.target = target;
        this.honestId = honestId;
        selector = Selector.open();
        random = new Random(seed);
        Attack[] attacks = Attack.values();
        for (int i = 0; i < count; i++) {
            links.add(new Link(i, attacks[i % attacks.length]));
        }
        thread = new Thread(this::run, "hostiles");
        thread.setDaemon(true);
    }

    /** Arguments: how many links, host and port of the node, the id of an honest peer of it, seed. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress target = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        long seed = Long.parseLong(arguments[4]);
        try (Hostiles hostiles = new Hostiles(Integer.parseInt(arguments[0]), target, arguments[3], seed)) {
            hostiles.thread.start();
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (questions.readLine() != null) {
                Report.line(hostiles.atWork() + " " + hostiles.opened());
            }
        }
    }

    /** How many have a connection or try to have one. */
    private long atWork() {
        long now = System.currentTimeMillis();
        return failure != null
                ? 0
                : links.stream().filter(link -> now - link.atWork < IDLE_MILLIS).count();
    }

    /** How many links of each kind were opened so far; above the number at once, since the node closes them. */
    private Map<Attack, Long> opened() {
        Map<Attack, Long> counts = new EnumMap<>(Attack.class);
        for (Attack attack : Attack.values()) {
            counts.put(attack, opened[attack.ordinal()]);
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Link link : links) {
            link.end(0);
        }
        selector.close();
    }

    private void run() {
        try {
            while (!isClosed) {
                selector.select(5);
                long now = System.currentTimeMillis();
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Link) key.attachment()).ready(key, now);
                }
                selector.selectedKeys().clear();
                for (Link link : links) {
                    link.tick(now);
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            throw new IllegalStateException("the attack is over", e);
        }
    }

    /** One of them. */
    private final class Link {
        private final int number;
        private final Attack attack;
        private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
        private final ByteBuffer sink = ByteBuffer.allocate(1 << 12);
        private @Nullable SocketChannel channel;
        private String id = "";
        private int sent;
        private long nextAt;
        private volatile long atWork;

        Link(int number, Attack attack) {
            this.number = number;
            this.attack = attack;
        }

        void tick(long now) {
            try {
                SocketChannel open = channel;
                if (open == null) {
                    if (now >= nextAt) {
                        dial();
                        atWork = now;
                    }
                    return;
                }
                if (open.isConnected()) {
                    atWork = now;
                }
                if (open.isConnected() && now >= nextAt && waiting.isEmpty()) {
                    waiting.addAll(attack.next(id, sent++, random));
                    nextAt = now + attack.everyMillis();
                    flush(open);
                }
            } catch (IOException e) {
                end(now + REDIAL_MILLIS);
            }
        }

        void ready(SelectionKey key, long now) {
            try {
                SocketChannel open = (SocketChannel) key.channel();
                if (key.isConnectable() && open.finishConnect()) {
                    opened[attack.ordinal()]++;
                    nextAt = now;
                    sent = 0;
                    greet();
                }
                if (key.isValid() && key.isReadable()) {
                    sink.clear();
                    if (open.read(sink) < 0) {
                        end(now + REDIAL_MILLIS);
                        return;
                    }
                }
                if (key.isValid()) {
                    flush(open);
                }
            } catch (IOException e) {
                end(now + REDIAL_MILLIS);
            }
        }

        private void dial() throws IOException {
            SocketChannel dialled = SocketChannel.open();
            channel = dialled;
            dialled.configureBlocking(false);
            byte[] from = {127, 1, 0, (byte) (1 + number % ADDRESSES)};
            dialled.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
            dialled.register(selector, SelectionKey.OP_CONNECT, this);
            dialled.connect(target);
        }

        private void greet() {
            switch (attack.greeting()) {
                case NONE -> id = "";
                case SOUND -> id = Peerage.id(number * 1000 + (int) (opened[attack.ordinal()] % 1000));
                case FORGED -> id = honestId;
            }
            if (attack.greeting() != Attack.Greeting.NONE) {
                waiting.add(ByteBuffer.wrap(Peerage.handshake(id)));
            }
        }

        private void flush(SocketChannel open) throws IOException {
            ByteBuffer first = waiting.peek();
            while (first != null) {
                open.write(first);
                if (first.hasRemaining()) {
                    break;
                }
                waiting.remove();
                first = waiting.peek();
            }
            int reading = attack.reads() ? SelectionKey.OP_READ : 0;
            open.keyFor(selector).interestOps(reading | (first == null ? 0 : SelectionKey.OP_WRITE));
        }

        void end(long redialAt) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException alreadyGone) {
                waiting.clear();
            }
            channel = null;
            waiting.clear();
            nextAt = redialAt;
        }
    }
}
