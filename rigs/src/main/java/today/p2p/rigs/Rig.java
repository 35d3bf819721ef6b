package today.p2p.rigs;

/** One long run against living nodes. */
interface Rig {
    String name();

    String description();

    /**
     * Runs it; progress and figures are printed.
     *
     * @return whether all that it asks for held
     */
    boolean run(RigOptions options) throws Exception;
}
