/**
 * Live cases: raw peers over loopback TCP that act a script with one node of a testee and judge what it does.
 *
 * <p>{@link today.p2p.live.Script} is a case; {@link today.p2p.live.Player} acts it and gives a {@link
 * today.p2p.live.Finding}; {@link today.p2p.live.Control} is the side door through which the testee is told what its node
 * shall do. {@link today.p2p.live.toy.ToyPeer} is a small node of the kit's own, good or with one deliberate defect, on which
 * the scripts are proven. Knows no product code; frames are read and written by the kit's own model.
 */
@NullMarked
package today.p2p.live;

import org.jspecify.annotations.NullMarked;
