package p101.overlay;

import p101.model.Endpoint;

/**
 * One node of the tree as the root sees it.
 *
 * @param parent {@code null} when that is the root, or when the node has none
 * @param depth hops from the root; 0 when the node has no place below it
 * @param live whether it was heard of lately, and everybody between it and the root too
 * @param joined whether a hello has confirmed its place
 */
public record TreeRow(Endpoint node, Endpoint parent, int depth, boolean live, boolean joined) {}
