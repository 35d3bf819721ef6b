package today.p2p.network.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import today.p2p.clusters.Member;
import today.p2p.network.living.LivingNode;
import today.p2p.network.living.LivingPeer;

/**
 * A living node of a table. What a node of a Sync Table holds it tells by itself, at each change, so that reading asks
 * nothing of it; a node of a Chord Table is asked.
 */
final class LivingMember implements Member {
    private final boolean holdsAll;
    private final int index;
    private final List<LivingMember> members;
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<byte @Nullable []>> calls = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private @Nullable LivingNode node;

    private LivingMember(boolean holdsAll, int index, List<LivingMember> members) {
        this.holdsAll = holdsAll;
        this.index = index;
        this.members = members;
    }

    static List<Member> start(LivingPeer peer, boolean holdsAll, int count) {
        List<LivingMember> members = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            members.add(new LivingMember(holdsAll, index, members));
        }
        LivingNode.Kind kind = holdsAll ? LivingNode.Kind.SYNC : LivingNode.Kind.CHORD;
        try {
            List<LivingNode> nodes = LivingNode.start(
                    peer,
                    kind,
                    count,
                    new LivingNode.Sizes(Content.VALUE, 1),
                    (index, words) -> members.get(index).hear(words));
            members.forEach(member -> member.node = nodes.get(member.index));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return List.copyOf(members);
    }

    private void hear(String[] words) {
        if (words[0].equals("update")) {
            held.put(words[2], Long.valueOf(words[1]));
            return;
        }
        CompletableFuture<byte @Nullable []> call =
                words[1].matches("\\d{1,18}") ? calls.remove(Long.valueOf(words[1])) : null;
        if (call == null) {
            return;
        }
        switch (words[0]) {
            case "value" -> call.complete(value(Long.parseLong(words[2])));
            case "done", "none" -> call.complete(null);
            default -> call.completeExceptionally(new IllegalStateException(String.join(" ", words)));
        }
    }

    private static byte[] value(long number) {
        return ByteBuffer.allocate(Content.VALUE).putLong(number).array();
    }

    @Override
    public CompletableFuture<?> put(String key, byte[] value) {
        long number = Content.number(value);
        // The keys of the benchmark have spaces, which part the words of a line.
        return call("put", number + " " + key.replace(' ', '-'))
                .whenComplete((done, failure) -> held.put(key.replace(' ', '-'), number));
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(String key) {
        if (!holdsAll) {
            return call("get", key.replace(' ', '-'));
        }
        Long number = held.get(key.replace(' ', '-'));
        return CompletableFuture.completedFuture(number == null ? null : value(number));
    }

    private CompletableFuture<byte @Nullable []> call(String word, String rest) {
        long number = last.incrementAndGet();
        CompletableFuture<byte @Nullable []> call = new CompletableFuture<>();
        calls.put(number, call);
        if (node != null) {
            node.tell(word + " " + number + " " + rest);
        }
        return call;
    }

    @Override
    public int members() {
        return members.size();
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
    }
}
