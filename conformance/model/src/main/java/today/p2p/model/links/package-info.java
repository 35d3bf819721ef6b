/**
 * The rules of links and meshes (chapters 12 and 13) a second time, written from the text: one question, one
 * answer, no state between two of them. The way in is {@link today.p2p.model.links.LinkRules}.
 */
@NullMarked
package today.p2p.model.links;

import org.jspecify.annotations.NullMarked;
