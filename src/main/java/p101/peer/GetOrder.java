package p101.peer;

import p101.fetch.DownloadListener;
import p101.fetch.DownloadRequest;

/** One of the downloads that a {@link GetSession} is to do, and who follows it. */
public record GetOrder(DownloadRequest request, DownloadListener listener) {}
