package today.p2p.rigs;

import org.jspecify.annotations.Nullable;

/**
 * What can be chosen for a rig.
 *
 * @param links how many links; 0: the rig's own number
 * @param nodes how many nodes; 0: the rig's own number
 * @param every seconds between two crashes; 0: the rig's own time
 * @param seconds how long; 0: the rig's own time
 * @param entries how many entries of a table; 0: the rig's own number
 * @param valueBytes of the value of each
 * @param nice priority of the attackers' process, as the system counts it; 0: the node's own
 * @param heap of each node, as {@code -Xmx} takes it; null: the rig's own
 * @param seed of all chance
 */
record RigOptions(
        int links,
        int nodes,
        int every,
        int seconds,
        int entries,
        int valueBytes,
        int nice,
        @Nullable String heap,
        long seed) {
    int links(int standard) {
        return links == 0 ? standard : links;
    }

    int nodes(int standard) {
        return nodes == 0 ? standard : nodes;
    }

    int every(int standard) {
        return every == 0 ? standard : every;
    }

    int seconds(int standard) {
        return seconds == 0 ? standard : seconds;
    }

    int entries(int standard) {
        return entries == 0 ? standard : entries;
    }

    String heap(String standard) {
        return heap == null ? standard : heap;
    }
}
