/**
 * The model's Chord Table (chapter 15), from the text alone: a node that is told what comes and says what it sends, and
 * the questions that are answered by it.
 */
@NullMarked
package today.p2p.model.rings;

import org.jspecify.annotations.NullMarked;
