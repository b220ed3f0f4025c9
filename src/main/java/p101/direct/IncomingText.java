package p101.direct;

import p101.model.PeerName;

/**
 * A text that came.
 *
 * @param marked whether a program of ours sent it, which marks beginning and end; a published one does not
 * @param id drawn by the sender for this text; 0 when it is not marked
 * @param sender what the sender calls itself: a claim; {@link PeerName#NONE} when it does not say
 * @param text what is not UTF-8 is shown as U+FFFD; pass it through {@link p101.model.Shown} before it is printed
 */
public record IncomingText(boolean marked, long id, PeerName sender, String text) {}
