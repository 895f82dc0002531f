"""PyTorch DistributedDataParallel over gloo on loopback: each minibatch is cut evenly among the processes."""
import os
import tempfile

import peer


def rank_main(rank, a, meeting):
    import torch
    import torch.distributed as dist
    from torch.nn.parallel import DistributedDataParallel
    import torch_model

    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    torch.set_num_threads(a.threads)
    dist.init_process_group("gloo", init_method="file://" + meeting, rank=rank, world_size=a.processes)
    X, Y, X_test, Y_test = [torch.from_numpy(values) for values in peer.mnist(a)]
    net = torch_model.network(a)
    model = DistributedDataParallel(net, broadcast_buffers=False, gradient_as_bucket_view=True)
    step = torch_model.stepper(model, torch_model.optimizer(a, model.parameters()), set_to_none=False)
    torch.manual_seed(100 + rank)
    order = torch.Generator().manual_seed(1)
    full = a.batch == a.samples
    share = (X.tensor_split(a.processes)[rank], Y.tensor_split(a.processes)[rank]) if full else None

    def epoch():
        if full:
            step(*share)
            return
        for chosen in torch.randperm(a.samples, generator=order).split(a.batch):
            mine = chosen.tensor_split(a.processes)[rank]
            step(X.index_select(0, mine), Y.index_select(0, mine))

    times = peer.timed(a, epoch, before=dist.barrier, after=dist.barrier)
    if rank == 0:
        peer.report(times, torch_model.accuracy(net, X_test, Y_test), "PyTorch " + torch.__version__ + ", gloo")
    dist.barrier()


if __name__ == "__main__":
    a = peer.work()
    import torch.multiprocessing as processes

    with tempfile.TemporaryDirectory() as folder:
        processes.spawn(rank_main, args=(a, os.path.join(folder, "meeting")), nprocs=a.processes)
