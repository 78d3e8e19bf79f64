package dev.gearbox.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP server on Netty's NIO transport and codec that answers GET as minihttp does, byte for byte. It has no timeouts and no
 * bound on connections, and the validation of headers is switched off, which is faster.
 */
final class NettyHttp implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;

    /** Starts a server on a free port. */
    NettyHttp(int eventLoops) throws InterruptedException {
        loops = Peers.netty(eventLoops);
        Answering answering = new Answering();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(8192, 16384, 8192, false), answering);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        loops.shutdownGracefully();
    }

    @Sharable
    private static final class Answering extends ChannelInboundHandlerAdapter {
        private static final HttpHeadersFactory HEADERS =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false);
        private static final HttpHeadersFactory TRAILERS =
                DefaultHttpHeadersFactory.trailersFactory().withValidation(false);
        private static final AsciiString TYPE = AsciiString.cached("Content-Type");
        private static final AsciiString LENGTH = AsciiString.cached("Content-Length");
        private static final Answer HELLO = Answer.of(HttpResponseStatus.OK, "Hello, world!");
        private static final Answer NOT_FOUND = Answer.of(HttpResponseStatus.NOT_FOUND, "Not Found\n");

        private record Answer(HttpResponseStatus status, ByteBuf body, AsciiString length) {
            static Answer of(HttpResponseStatus status, String text) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                ByteBuf body = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
                return new Answer(
                        status,
                        Unpooled.unreleasableBuffer(body).asReadOnly(),
                        AsciiString.cached(String.valueOf(bytes.length)));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof HttpRequest request) {
                    answer(context, request);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private static void answer(ChannelHandlerContext context, HttpRequest request) {
            boolean known = request.method() == HttpMethod.GET && request.uri().equals("/");
            Answer answer = known ? HELLO : NOT_FOUND;
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    answer.status,
                    answer.body.duplicate(),
                    HEADERS.newHeaders(),
                    TRAILERS.newEmptyHeaders());
            response.headers().set(TYPE, HttpHeaderValues.TEXT_PLAIN).set(LENGTH, answer.length);
            if (HttpUtil.isKeepAlive(request)) {
                context.write(response, context.voidPromise());
            } else {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
                context.write(response).addListener(ChannelFutureListener.CLOSE);
            }
        }

        /** Sends the answers to all requests that came together. */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable lost) {
            context.close();
        }
    }
}
