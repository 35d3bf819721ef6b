package today.p2p.kernel;

/** What a {@link Table} tells the application; the module of the table says what there is. */
public interface TableNews {}
