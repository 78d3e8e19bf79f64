package dev.gearbox.examples.minihttp;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking client that checks nothing but where a response ends. */
final class Client implements AutoCloseable {
    /** A response; the head with all line ends. */
    record Response(int status, String head, String body) {}

    final Socket socket;
    private final InputStream in;

    Client(MiniHttp server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    Client send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Client get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    Response receive() throws IOException {
        return receive(false);
    }

    Response receive(boolean withoutBody) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) next());
        }
        int length = head.indexOf("Content-Length: ");
        int bodyLength = 0;
        if (length >= 0 && !withoutBody) {
            int end = head.indexOf("\r\n", length);
            bodyLength = Integer.parseInt(head.substring(length + "Content-Length: ".length(), end));
        }
        StringBuilder body = new StringBuilder();
        while (body.length() < bodyLength) {
            body.append((char) next());
        }
        return new Response(Integer.parseInt(head.substring(9, 12)), head.toString(), body.toString());
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }

    /** Returns whether the server has closed and sent nothing more. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
