package today.p2p.vectors;

/** How much a case binds an implementation: that of the strictest clause that it needs. */
public enum Level {
    MUST,
    SHOULD,
    MAY
}
