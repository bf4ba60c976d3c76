import {
  to = gpupod_ssh_key.team
  id = "prime_intellect/cmb3x0k2p0001l508h2v7c9qa"
}
