package today.p2p.network.living;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import today.p2p.clusters.Speaker;

/** A living node of a mesh. Of its messages the head alone is passed on, on either side; the rest it has itself. */
public final class LivingSpeaker implements Speaker {
    private static final int HEAD = 20;
    private static final HexFormat HEX = HexFormat.of();

    private final LivingNode node;

    private LivingSpeaker(LivingNode node) {
        this.node = node;
    }

    /** Starts so many, each linked to each. */
    public static List<Speaker> start(LivingPeer peer, int count, LivingNode.Sizes sizes, Taker taker) {
        try {
            List<Speaker> speakers = new ArrayList<>();
            LivingNode.start(peer, LivingNode.Kind.MESH, count, sizes, (index, words) -> hear(words, taker))
                    .forEach(node -> speakers.add(new LivingSpeaker(node)));
            return speakers;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void hear(String[] words, Taker taker) {
        if (words[0].equals("got")) {
            taker.take(HEX.parseHex(words[1]), 0);
        }
    }

    @Override
    public void broadcast(byte[] message) {
        node.tell("broadcast " + HEX.formatHex(message, 0, HEAD));
    }

    @Override
    public void whisper(byte[] message, int times) {
        node.tell("whisper " + HEX.formatHex(message, 0, HEAD) + " " + times);
    }

    @Override
    public int links() {
        try {
            return node.links();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
