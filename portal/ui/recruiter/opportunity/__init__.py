"""One job to fill: its terms, the digest, who may match."""
