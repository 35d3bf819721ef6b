package today.p2p.link;

import static org.assertj.core.api.Assertions.assertThat;
import static today.p2p.link.DuplicateLink.CLOSE_NEW;
import static today.p2p.link.DuplicateLink.CLOSE_OLD;

import org.junit.jupiter.api.Test;
import today.p2p.ids.NodeId;
import today.p2p.msgpack.Bytes;

/** DUP-1. */
class DuplicateLinkTest {
    // As text, z is the larger; as a number, 21 is.
    private static final NodeId SMALL = id("z");
    private static final NodeId LARGE = id("21");

    @Test
    void theLinkThatTheNodeWithTheLargerIdDialledStays() {
        assertThat(DuplicateLink.decide(LARGE, SMALL, true)).isEqualTo(CLOSE_OLD);
        assertThat(DuplicateLink.decide(LARGE, SMALL, false)).isEqualTo(CLOSE_NEW);
        assertThat(DuplicateLink.decide(SMALL, LARGE, true)).isEqualTo(CLOSE_NEW);
        assertThat(DuplicateLink.decide(SMALL, LARGE, false)).isEqualTo(CLOSE_OLD);
    }

    @Test
    void bothSidesCloseTheSameLink() {
        for (boolean dialledByLarge : new boolean[] {true, false}) {
            assertThat(DuplicateLink.decide(LARGE, SMALL, dialledByLarge))
                    .isEqualTo(DuplicateLink.decide(SMALL, LARGE, !dialledByLarge));
        }
    }

    @Test
    void anEqualNumberCountsAsNotLarger() {
        NodeId same = id("1z");

        assertThat(DuplicateLink.decide(SMALL, same, true)).isEqualTo(CLOSE_NEW);
        assertThat(DuplicateLink.decide(SMALL, same, false)).isEqualTo(CLOSE_OLD);
    }

    private static NodeId id(String text) {
        return NodeId.read(Bytes.ofUtf8(text)).value().orElseThrow();
    }
}
