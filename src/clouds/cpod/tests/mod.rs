//! Pods at cPod: what is sent, what is made of responses, and both together over a socket.

mod requests;

mod answers;

mod refusals;

mod exchange;

mod pages;
