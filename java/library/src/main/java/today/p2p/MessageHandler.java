package today.p2p;

/** Looks at messages before the listeners do. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * A message came. What it throws is reported, and counts as false.
     *
     * @return whether it is done with: no later handler and no listener sees it
     */
    boolean handle(Message message);
}
