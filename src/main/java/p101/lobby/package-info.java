/**
 * The lobby: a line protocol that a person can speak with {@code nc} and a program can parse. Members say who they are and what
 * they share, see what all doors of the index know, and talk. UTF-8, one line a message, spec/LOBBY.md is the authority and gives
 * the reason for each rule.
 *
 * <p>{@link p101.lobby.OrderParser}, {@link p101.lobby.Lobby} and {@link p101.lobby.Member} decide: values and time in, lines out.
 * {@link p101.lobby.LobbyConnection} is the socket side, {@link p101.lobby.LobbyServer} wires. Everything runs on the thread of one
 * event loop, except {@link p101.lobby.LobbyLog}, which writes on a thread of its own, and {@link p101.lobby.LobbyClient}.
 */
package p101.lobby;
