/**
 * A node of the library as a peer of the interop scenes: operations as JSON lines on stdin, answers on stdout, as
 * the drivers of py2p and js2p beside it have them.
 */
@NullMarked
package today.p2p.interop;

import org.jspecify.annotations.NullMarked;
