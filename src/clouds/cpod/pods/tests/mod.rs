//! Tests of cPod's pods: requests, conversion of responses, and calls over a socket.

mod requests;

mod answers;

mod refusals;

mod exchange;

mod pages;
