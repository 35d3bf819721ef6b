package today.p2p.rigs;

/**
 * What can be chosen for a rig.
 *
 * @param links how many links; 0: the rig's own number
 * @param seconds how long; 0: the rig's own time
 * @param seed of all chance
 */
record RigOptions(int links, int seconds, long seed) {
    int links(int standard) {
        return links == 0 ? standard : links;
    }

    int seconds(int standard) {
        return seconds == 0 ? standard : seconds;
    }
}
