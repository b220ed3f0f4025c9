package p101.p2pci;

/**
 * The sender's own way of ending lines and requests; the answer is given in the same.
 *
 * @param lineEnd the end of the request's first line
 * @param endMark what ended the request
 */
public record Manner(LineEnd lineEnd, EndMark endMark) {}
