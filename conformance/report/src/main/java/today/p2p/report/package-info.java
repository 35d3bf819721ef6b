/**
 * What a conformance run found, and the ways to tell it: one HTML page, JSON with a schema, JUnit XML, TAP 14, a badge, and the
 * difference to an earlier run.
 *
 * <p>The input is a {@link today.p2p.report.RunReport}, a tree of immutable records without behaviour; the entry is {@link
 * today.p2p.report.Reports}. Judges nothing, starts nothing and knows no protocol. Every text that came from a testee is hostile:
 * it is cut to a length, and escaped where it is written.
 */
@NullMarked
package today.p2p.report;

import org.jspecify.annotations.NullMarked;
