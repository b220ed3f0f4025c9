/**
 * The menu of the course system (COE768), on a terminal or from a pipe: its published prompts and messages word for word,
 * with further entries behind {@link p101.menu.MenuEntry}.
 *
 * <p>The menu runs in a thread of its own and may wait there; it hands all work to a {@link p101.peer.Peer}, whose event
 * loop goes on serving meanwhile. What happens by itself (a slow index, progress of a transfer) never breaks into a line
 * that is being typed: on a terminal a status line above the prompt is redrawn, otherwise it waits for the next menu.
 */
package p101.menu;
