package today.p2p.vectors;

/**
 * A word that several cases share.
 *
 * @param name as cases write it
 * @param kind the sort of concern, one word
 * @param description what the cases have in common
 * @param effect what goes wrong in an implementation that fails them
 */
public record Flag(String name, String kind, String description, String effect) {}
